import { emptyFlow } from '@millrace/flow'
import { afterEach, expect, it, vi } from 'vitest'
import { createWithFreeId } from './create-with-free-id.ts'

afterEach(() => void vi.unstubAllGlobals())

function serverWith(taken: readonly string[], deleted: readonly string[] = []) {
  vi.stubGlobal('fetch', (_url: string, { body }: { readonly body?: string }) => {
    if (body === undefined)
      return Promise.resolve(Response.json({ flows: deleted.map((id) => ({ id })) }))
    const flow = JSON.parse(body) as { id: string } // what was sent
    return Promise.resolve(
      taken.includes(flow.id)
        ? Response.json({ error: { code: 'conflict', message: 'Taken.' } }, { status: 409 })
        : Response.json(flow, { status: 201, headers: { etag: '"1"' } }),
    )
  })
}

it('makes the id of the name, with the first number that is free', async () => {
  serverWith(['buro-chat', 'buro-chat-2'])
  const stored = await createWithFreeId(emptyFlow('any', 'Büro chat'))
  expect(stored).toMatchObject({ id: 'buro-chat-3', name: 'Büro chat' })
})

it('leaves a deleted flow its id, so that it can come back', async () => {
  serverWith(['chat-2'], ['chat', 'chat-3'])
  expect(await createWithFreeId(emptyFlow('any', 'Chat'))).toMatchObject({ id: 'chat-4' })
})

it('names a flow whose name has no letters for an address', async () => {
  serverWith([])
  expect(await createWithFreeId(emptyFlow('any', '模型'))).toMatchObject({ id: 'flow' })
})
