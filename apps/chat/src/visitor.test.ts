import { afterEach, expect, it, vi } from 'vitest'
import { createVisitor } from './visitor.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that lets in with a token for each time, of which only the last is good. */
function serverOf(counts: { letIn: number; rated: number }) {
  return async (input: string, init: RequestInit) => {
    if (input.endsWith('/visitors')) {
      counts.letIn += 1
      return Response.json({ token: `mrv_${counts.letIn}`, name: 'Mill', takesFeedback: true })
    }
    const isGood = new Headers(init.headers).get('authorization') === 'Bearer mrv_2'
    if (!isGood) {
      const error = { code: 'unauthorized', message: 'Expired.', retryable: false }
      return Response.json({ error }, { status: 401 })
    }
    counts.rated += 1
    return Response.json({ runId: 'run-2' }, { status: 202 })
  }
}

it('rates an answer with another token when the first has expired', async () => {
  const counts = { letIn: 0, rated: 0 }
  vi.stubGlobal('fetch', serverOf(counts))
  const visitor = createVisitor({
    baseUrl: 'http://mill.test',
    flowId: 'mill',
    signed: undefined,
    readToken: () => undefined,
    keepToken: () => undefined,
    mayPreview: false,
  })
  await visitor.arrive()
  await visitor.rate('run-1', 'up')
  expect(counts).toEqual({ letIn: 2, rated: 1 })
})
