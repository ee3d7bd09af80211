import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatFlow } from './testing/chat-flow.ts'
import { millrace, startServer } from './testing/millrace.ts'
import { makeTestFolder, type TestFolder } from './testing/test-folder.ts'

const password = 'twelve chars at least'
const input = ['--input', '{"sessionId":"s1","prompt":"Hello"}']

let folder: TestFolder
let server: Awaited<ReturnType<typeof startServer>>
let flow: string
beforeAll(async () => {
  folder = await makeTestFolder()
  server = await startServer(join(folder.path, 'server'), { MILLRACE_OPERATOR_PASSWORD: password })
  flow = await folder.write('hello.json', chatFlow('demo', { modelId: 'demo' }))
}, 60_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await folder.remove()
})

async function post(path: string, body: object, headers = {}): Promise<Response> {
  return fetch(`${server.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function makeKey(policy: 'execute' | 'configure'): Promise<string> {
  const session = await post('/api/session', { password })
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  const made = await post('/api/keys', { name: policy, policies: [policy] }, { cookie })
  return ((await made.json()) as { key: string }).key
}

const at = (...args: readonly string[]) => [...args, '--server', server.address]

describe('a command that asks a server with a password', { timeout: 60_000 }, () => {
  it('is let in by a key with the policy configure, from --key or the environment', async () => {
    const MILLRACE_KEY = await makeKey('configure')
    expect(await millrace(at('import', flow, '--key', MILLRACE_KEY))).toMatchObject({
      code: 0,
      output: expect.stringContaining('created: chat') as string,
    })
    const exported = await millrace(at('export', 'chat'), { MILLRACE_KEY })
    expect(JSON.parse(exported.output)).toMatchObject({ id: 'chat' })
    const run = await millrace(at('run', flow, ...input), { MILLRACE_KEY })
    expect({ ...run, output: run.output.length > 0 }).toEqual({ code: 0, output: true, errors: '' })
  })

  it('says without one that it needs one, and where to put it', async () => {
    const refusal =
      /^Error: This needs .* Here, set MILLRACE_KEY to the key, or give --key\. \[unauthorized\]\n$/
    for (const args of [at('run', flow, ...input), at('export', 'chat')]) {
      const { code, output, errors } = await millrace(args)
      expect({ code, output }).toEqual({ code: 1, output: '' })
      expect(errors).toMatch(refusal)
    }
  })

  it('says what a key may not do, and never the key', async () => {
    const key = await makeKey('execute')
    const runsOnly = await millrace(at('export', 'chat', '--key', key))
    expect(runsOnly.errors).toContain(
      'The API key has the policy execute, and this needs configure',
    )
    expect(runsOnly.errors).not.toContain(key)
  })
})
