import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const post = (path: string, body: object) => server.call('POST', path, { body })

function flowWith(code: string) {
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'computed',
    name: 'Computed',
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      { id: 'compute', type: 'flow.function', title: 'Compute', properties: { code } },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'result' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'compute' },
      { from: ['compute', 'next'], to: 'end' },
    ],
  }
}

describe('POST /api/functions/check', () => {
  it('[J19] [J3] answers what keeps code from being read, or null', async () => {
    const check = async (code: string, inputs: readonly string[] = []) =>
      (await post('/api/functions/check', { code, inputs })).json
    expect(await check('return a', ['a'])).toEqual({ problem: null })
    expect(await check('\nreturn (')).toEqual({
      problem: { message: 'Expression expected.', position: { line: 2, column: 9 } },
    })
    expect(await check('return 1', ['class'])).toMatchObject({ problem: { input: 'class' } })
  })
})

describe('POST /api/functions/run', () => {
  it('[J19] [J8] answers what the code returned, what it wrote and how long it took', async () => {
    const { json } = await post('/api/functions/run', {
      code: 'console.warn("adding")\nreturn a + b',
      inputs: { a: 1, b: 2 },
      resultType: 'number',
    })
    expect(json).toEqual({
      status: 'returned',
      result: 3,
      log: [{ level: 'warning', message: 'adding' }],
      ms: expect.any(Number) as number,
    })
  })

  it.each([
    [{ code: 'throw new Error("no")' }, 'function_failed'],
    [{ code: 'return "text"', resultType: 'number' }, 'function_failed'],
    [{ code: 'for (;;) {}', timeoutSeconds: 0.1 }, 'timeout'],
    [{ code: 'return (' }, 'input_invalid'],
  ])('[J19] answers why it failed: %j', async (body, code) => {
    const { status, json } = await post('/api/functions/run', { title: 'Add', ...body })
    expect([status, json.status, json.error.code]).toEqual([200, 'failed', code])
    expect(json.error.message).toContain('"Add"')
  })

  it.each([
    { code: 7 },
    { code: '', inputs: { __proto__: 1, 'not a name': 1 } },
    { code: '', timeoutSeconds: 61 },
    { code: '', memoryMiB: 1000 },
    { code: '', resultType: 'date' },
  ])('refuses what it cannot read: %j', async (body) => {
    expect((await post('/api/functions/run', body)).status).toBe(400)
  })
})

describe('a flow with code that cannot be read', () => {
  it('[J18] has a problem with its place', async () => {
    const { json } = await post('/api/flows/check', flowWith('\nconst x = ;'))
    expect(json.problems).toEqual([
      {
        code: 'code_invalid',
        severity: 'error',
        message: '"Code" of "Compute" cannot be read in line 2: Expression expected.',
        nodeId: 'compute',
        property: 'code',
        position: { line: 2, column: 11 },
      },
    ])
  })

  it('[J18] is refused before it runs, and runs once it is mended', async () => {
    await post('/api/flows', flowWith('return ('))
    const run = async () => post('/api/flows/computed/run', { prompt: 'Hi' })
    const { status, json } = await run()
    expect([status, json.error.code]).toEqual([422, 'flow_invalid'])
    expect(json.error.details.problems).toMatchObject([{ code: 'code_invalid' }])
    const { headers } = await server.call('GET', '/api/flows/computed')
    await server.call('PUT', '/api/flows/computed', {
      body: flowWith('return 7'),
      headers: { 'if-match': headers.get('etag') ?? '' },
    })
    expect((await run()).text).toContain('7')
  })
})
