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

it('says which flows it deleted when the server fails in the middle, and keeps the others', async () => {
  const flows = ['one', 'gone', 'two', 'three'].map((id) => ({ id, name: id }))
  vi.stubGlobal('fetch', (url: string, { method }: RequestInit) => {
    if (method !== 'DELETE') return Promise.resolve(Response.json({ flows }))
    if (url.endsWith('/one')) return Promise.resolve(new Response(null, { status: 204 }))
    return Promise.resolve(
      url.endsWith('/gone')
        ? Response.json({ error: { code: 'not_found', message: 'None.' } }, { status: 404 })
        : Response.json({ error: { code: 'internal', message: 'Full.' } }, { status: 500 }),
    )
  })
  await flowListCommands.load()
  const { removedIds, error } = await flowListCommands.remove(['one', 'gone', 'two', 'three'])
  expect([removedIds, error?.message]).toEqual([['one'], 'Full.'])
  expect(useFlowList.getState().flows.map(({ id }) => id)).toEqual(['two', 'three'])
})
