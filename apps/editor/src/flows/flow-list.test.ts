import { afterEach, expect, it, vi } from 'vitest'
import { flowListCommands, useFlowList } from './flow-list.ts'

afterEach(() => void vi.unstubAllGlobals())

it('lets no answer that was overtaken bring back what was deleted', async () => {
  const slow = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', (_url: string, { method }: RequestInit) =>
    method === 'DELETE' ? Promise.resolve(new Response(null, { status: 204 })) : slow.promise,
  )
  const loading = flowListCommands.load()
  await flowListCommands.remove(['gone'])
  slow.resolve(Response.json({ flows: [{ id: 'gone', name: 'Gone' }] }))
  await loading
  expect(useFlowList.getState().flows).toEqual([])
})
