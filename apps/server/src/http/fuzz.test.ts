import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** A flow in which one place holds something else. */
const damagedFlow = fc
  .record({ place: fc.nat(1000), value: fc.jsonValue({ maxDepth: 3 }) })
  .map(({ place, value }) => {
    const text = JSON.stringify(chatFlow('fuzz', { layout: { nodes: { chat: [1, 2] } } }))
    const places = [...text.matchAll(/"[^"]*"|\d+/g)]
    const hit = places[place % places.length]
    const start = hit?.index ?? 0
    const isText = hit?.[0].startsWith('"') === true && place % 2 === 0
    const replaced = JSON.stringify(isText ? JSON.stringify(value) : value)
    return text.slice(0, start) + replaced + text.slice(start + (hit?.[0].length ?? 0))
  })

it(
  'answers any body with what it is or a typed error, never with a defect',
  { timeout: 60_000 },
  async () => {
    const body = fc.oneof(damagedFlow, fc.json(), fc.string())
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        for (const path of ['/api/flows', '/api/flows/check', '/api/connections']) {
          const { status, json } = await server.call('POST', path, { body: text })
          expect([200, 201, 400, 409, 413, 415]).toContain(status)
          if (status >= 400) expect(json.error.message).not.toBe('')
        }
      }),
      { numRuns: 150 },
    )
  },
)
