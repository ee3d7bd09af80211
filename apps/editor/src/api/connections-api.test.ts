import { afterEach, expect, it, vi } from 'vitest'
import { listModels } from './connections-api.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it('waits for the models longer than the server waits for the provider, whose silence it tells', async () => {
  const serverWaitsMs = 20_000
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ models: ['wheel-1'] })))
  const limit = vi.spyOn(AbortSignal, 'timeout')
  expect(await listModels('mine')).toEqual(['wheel-1'])
  expect(limit.mock.calls[0]?.[0]).toBeGreaterThan(serverWaitsMs)
})
