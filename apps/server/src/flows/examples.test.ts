import {
  chatWithFallbackExample,
  customerSearchExample,
  knowledgeBaseExample,
  morningReportExample,
  orderIntakeExample,
  priceListExample,
  priceOfLineExample,
  routedChatExample,
  streamingChatExample,
  streamRowsExample,
  summariseListExample,
} from '@millrace/nodes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.call('POST', '/api/flows', { body: priceOfLineExample() })
})
afterAll(() => server.close())

const question = { sessionId: 'a', prompt: 'Is the delivery late?', context: 'a.md' }

/**
 * Those that need no table which only a built product brings: the journeys run the RAG chat and the
 * chat with a trimmed history. Each with its way to start, what it is given, and what comes out.
 */
const cases = [
  [streamingChatExample, 'stream', question, /Is the delivery late/],
  [routedChatExample, 'stream', question, /Is the delivery late/],
  [streamRowsExample, 'stream', { limit: 2 }, /Customer 2/],
  [knowledgeBaseExample, 'run', question, /Pieces stored: 1/],
  [chatWithFallbackExample, 'run', question, /Is the delivery late/],
  [orderIntakeExample, 'run', undefined, /"total":46/],
  [priceListExample, 'run', undefined, /\[39,126\]/],
  [customerSearchExample, 'run', undefined, /C-100.*C-101/],
  [morningReportExample, 'run', undefined, /Day 1/],
  [summariseListExample, 'run', { texts: ['Wheels turn.'] }, /Wheels turn/],
] as const

describe('the flows that New flow offers, on a fresh server without a key', () => {
  it.each(cases.map((one) => [one[0].name, ...one] as const))(
    '%s runs',
    { timeout: 60_000 },
    async (_, create, verb, given, expected) => {
      const id = create.name.toLowerCase()
      const flow = create(id, id)
      await server.call('POST', '/api/flows', { body: flow })
      const { status, text } = await server.call('POST', `/api/flows/${id}/${verb}`, {
        body: given,
        headers: verb === 'stream' ? { accept: 'application/x-ndjson' } : {},
      })
      expect([status, verb === 'run' || text.includes('"outcome":"completed"')]).toEqual([
        200,
        true,
      ])
      expect(valuesOf(text)).toMatch(expected)
    },
  )
})

/** What was streamed, piece after piece; the whole answer of a run. */
function valuesOf(text: string): string {
  const lines = text.trim().split('\n')
  if (lines.length === 1) return text
  const values = lines.map((line) => (JSON.parse(line) as { value?: unknown }).value ?? '')
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('')
}
