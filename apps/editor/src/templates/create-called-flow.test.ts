import { emptyFlow } from '@millrace/flow'
import { afterEach, expect, it, vi } from 'vitest'
import { createCalledFlow } from './create-called-flow.ts'

afterEach(() => void vi.unstubAllGlobals())

/** Answers as the server does, and gives what it was asked to do. */
function serverWith(flows: { readonly here?: string; readonly deleted?: string }): string[] {
  const asked: string[] = []
  const conflict = { error: { code: 'conflict', message: 'Taken.' } }
  vi.stubGlobal('fetch', (url: string, { method = 'GET' }: RequestInit) => {
    if (method === 'GET') {
      const deleted = flows.deleted === undefined ? [] : [{ id: flows.deleted }]
      return Promise.resolve(Response.json({ flows: deleted }))
    }
    asked.push(`${method} ${url.slice(url.indexOf('/flows'))}`)
    return Promise.resolve(
      flows.here === undefined
        ? Response.json({ id: 'price' }, { status: 201, headers: { etag: '"1"' } })
        : Response.json(conflict, { status: 409 }),
    )
  })
  return asked
}

const price = emptyFlow('price', 'Price of a line')

it('makes the flow that a template calls', async () => {
  const asked = serverWith({})
  await createCalledFlow(price)
  expect(asked).toEqual(['POST /flows'])
})

it('takes the flow that is there already', async () => {
  const asked = serverWith({ here: 'price' })
  await createCalledFlow(price)
  expect(asked).toEqual(['POST /flows'])
})

it('brings a deleted flow back, in place of taking its id', async () => {
  const asked = serverWith({ deleted: 'price' })
  await createCalledFlow(price)
  expect(asked).toEqual(['POST /flows/price/restore'])
})
