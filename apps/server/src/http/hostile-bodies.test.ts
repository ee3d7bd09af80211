import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
/** Every route that takes a body, with "echo" for what it names. */
let doors: readonly { readonly method: string; readonly path: string }[]

beforeAll(async () => {
  server = await startTestServer()
  await server.call('POST', '/api/flows', { body: echoFlow('echo') })
  const { paths } = (await server.call('GET', '/openapi.json')).json
  doors = Object.entries<Record<string, { requestBody?: object }>>(paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods)
        .filter(([, { requestBody }]) => requestBody !== undefined)
        .map(([method]) => ({
          method: method.toUpperCase(),
          path: path.replaceAll(/\{\w+\}/g, 'echo'),
        })),
  )
})
afterAll(() => server.close())

async function send(
  { method, path }: (typeof doors)[number],
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    body,
    headers: {
      'content-type': 'application/json',
      // What is refused before its body is read tells nothing about how it is read.
      'if-match': '"1"',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
  })
  return { door: `${method} ${path}`, status: answer.status, text: await answer.text() }
}

async function sendToAll(
  ...sent: [body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>]
) {
  expect(doors.length).toBeGreaterThan(20)
  const answers = []
  for (const door of doors) answers.push(await send(door, ...sent))
  return answers
}

describe('every door that takes a body', () => {
  const blank = Buffer.alloc(32 * 1024 * 1024, ' ')
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
  it.each([
    ['gzip', () => gzipSync(blank)],
    ['deflate', () => deflateSync(blank)],
    ['br', () => brotliCompressSync(blank, quick)],
    ['zstd', () => zstdCompressSync(blank)],
  ])('refuses a bomb that is packed by %s, by what it unpacks to', async (coding, pack) => {
    const bomb = new Uint8Array(pack())
    expect(bomb.length).toBeLessThan(64 * 1024)
    for (const { door, status, text } of await sendToAll(bomb, { 'content-encoding': coding })) {
      expect([door, status]).toEqual([door, 413])
      expect(text).toContain('limit_exceeded')
    }
  })

  it('refuses what is packed twice, or in a way that it does not unpack', async () => {
    for (const coding of ['gzip, gzip', 'gzip,br', 'compress']) {
      for (const { door, status } of await sendToAll('{}', { 'content-encoding': coding })) {
        expect([door, coding, status]).toEqual([door, coding, 415])
      }
    }
  })

  it('refuses what nests too deep, before anything looks at it', async () => {
    const depth = 100
    const lists = `${'['.repeat(depth)}${']'.repeat(depth)}`
    const records = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    for (const body of [lists, records, `{"sessionId":"s","prompt":"x","context":${records}}`]) {
      for (const { door, status, text } of await sendToAll(body)) {
        expect([door, status]).toEqual([door, 413])
        // Where visitors are let in, the words are for them, and the details have the limit.
        expect(text).toMatch(/nests deeper than 64 levels|"limit":"depth","max":64/)
      }
    }
  })

  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"sessionId":"s","prompt":"x","context":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}',
    '{"id":"p","kind":"openai","name":"P","fields":{"__proto__":{"polluted":1},"headers":{"__proto__":{"polluted":1}}}}',
    '{"code":"return input","inputs":{"input":{"__proto__":{"polluted":1}}}}',
    '{"format":"millrace/flow","version":1,"id":"p","name":"P","nodes":[{"id":"__proto__","type":"flow.return","properties":{"__proto__":{"polluted":1}}}],"edges":[]}',
    '{"values":{"__proto__":{"polluted":1},"development":"x"},"isSecret":false}',
    '{"model":"echo","messages":[{"role":"user","content":"x","__proto__":{"polluted":1}}]}',
    '{"sessionId":"s","prompt":"x","n":1e400,"m":-1e400,"i":123456789012345678901234567890}',
    '{"sessionId":1e400,"prompt":-0}',
    '{"sessionId":"s","prompt":"\\ud800\\u0000\\uffff"}',
    '{"id":"\\u0000","name":"\\u202e","kind":"\\ud800"}',
    '{"name":"x","name":"y","name":{"toString":1,"then":{},"toJSON":1}}',
    '[]',
    'null',
    '1e400',
    '"x"',
  ])('takes or refuses it, breaks nothing and is not changed by it: %s', async (body) => {
    const broken = (await sendToAll(body)).filter(({ status }) => status >= 500)
    expect(broken).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    const after = await server.call('GET', '/api/health')
    expect(after.status).toBe(200)
  })
})
