import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Flow } from '@millrace/flow'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Environment } from './settings.ts'
import { chatFlow } from './testing/chat-flow.ts'
import { endlessAnswer, startFakeModel } from './testing/fake-model.ts'
import { initializeAccept, initializeRequest } from './testing/initialize-request.ts'
import { spawnMain, whenReady, type ServerProcess } from './testing/server-process.ts'

let directory: string
const started: ChildProcess[] = []
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-main-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
  rmSync(directory, { recursive: true })
})

function spawnHere(environment: Environment, ...args: readonly string[]) {
  const spawned = spawnMain(directory, environment, args)
  started.push(spawned.child)
  return spawned
}

/** Runs it to its end. */
async function runMain(environment: Environment, ...args: readonly string[]) {
  const { child, output } = spawnHere(environment, ...args)
  const [code] = await once(child, 'close')
  return { code, ...output }
}

const startProcess = (environment: Environment = {}): Promise<ServerProcess> =>
  whenReady(spawnHere(environment))

async function post(url: string, body: unknown) {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Starts a run that streams one message and then waits, and reads that message. */
async function startEndlessRun(url: string, flow: Flow = chatFlow('endless')) {
  const model = await startFakeModel()
  model.answerWith(endlessAnswer)
  const fields = { baseUrl: model.url, apiKey: 'sk-test' }
  await post(`${url}/api/connections`, { id: 'model', kind: 'openai', name: 'Model', fields })
  await post(`${url}/api/flows`, flow)
  const answer = await post(`${url}/api/flows/endless/stream`, { prompt: 'Hi', sessionId: 's' })
  const reader = answer.body?.getReader()
  await reader?.read()
  return { model, reader, runId: answer.headers.get('x-run-id') }
}

describe('the server process', { timeout: 30_000 }, () => {
  it('lists its settings', async () => {
    const { code, stdout } = await runMain({}, '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('MILLRACE_DATA_DIR')
  })

  it.each(['millrace.db', 'runs.db'])(
    'does not start with a damaged %s, says so in one line, and leaves it as it is',
    async (name) => {
      const damaged = 'no database '.repeat(1000)
      writeFileSync(join(directory, name), damaged)
      const { code, stderr } = await runMain({})
      expect(code).toBe(1)
      expect(stderr).toBe(
        `millrace: The data directory "${directory}" cannot be used: file is not a database. Look at its disk, its rights and its files, or set MILLRACE_DATA_DIR to another directory.\n`,
      )
      expect(readFileSync(join(directory, name), 'utf8')).toBe(damaged)
    },
  )

  it('offers the example to try it with, until that is deleted', async () => {
    const first = await startProcess()
    expect(first.welcome).toContain('/api/flows/example-rag-chat/stream')
    await fetch(`${first.url}/api/flows/example-rag-chat`, { method: 'DELETE' })
    first.child.kill('SIGTERM')
    await once(first.child, 'exit')
    const second = await startProcess()
    expect(second.welcome).toContain('Open it in a browser.')
    expect(second.welcome).not.toContain('curl')
  })

  it.each<[string, Environment, string]>([
    ['a wrong setting', { MILLRACE_PORT: 'x' }, 'MILLRACE_PORT is "x".'],
    [
      'an address that is not loopback',
      { MILLRACE_HOST: '0.0.0.0' },
      'Set MILLRACE_OPERATOR_PASSWORD',
    ],
    [
      'a list of hosts it cannot read',
      { MILLRACE_ALLOW_HOSTS: 'a b' },
      'MILLRACE_ALLOW_HOSTS has "a b"',
    ],
  ])('ends with one clear line for %s', async (_, environment, message) => {
    const { code, stderr } = await runMain(environment)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^millrace: .*\n$/)
    expect(stderr).toContain(message)
  })

  it('leaves a data directory alone that another server holds, and a port', async () => {
    const { url } = await startProcess()
    const second = await runMain({})
    expect([second.code, second.stderr]).toEqual([
      1,
      expect.stringContaining('is in use by process'),
    ])
    const other = await runMain({
      MILLRACE_PORT: new URL(url).port,
      MILLRACE_DATA_DIR: join(directory, 'other'),
    })
    expect([other.code, other.stderr]).toEqual([
      1,
      expect.stringMatching(/^millrace: Port \d+ is in use/),
    ])
  })

  it('drains on SIGTERM: says so, starts no more runs, interrupts what is left, exits with 0', async () => {
    const { child, url } = await startProcess({ MILLRACE_DRAIN_SECONDS: '1' })
    const { model, reader, runId } = await startEndlessRun(url)
    child.kill('SIGTERM')
    await expect.poll(async () => (await fetch(`${url}/api/health`)).status).toBe(503)
    const probes = ['live', 'ready'].map(async (probe) => fetch(`${url}/api/health/${probe}`))
    expect((await Promise.all(probes)).map(({ status }) => status)).toEqual([200, 503])
    const refused = await post(`${url}/api/flows/endless/stream`, { prompt: 'Hi', sessionId: 's' })
    expect(refused.status).toBe(503)
    const { headers } = refused
    expect([headers.get('retry-after'), headers.get('connection')]).toEqual(['1', 'close'])
    expect(await refused.json()).toMatchObject({ error: { code: 'draining' } })
    const { value } = (await reader?.read()) ?? {}
    expect(new TextDecoder().decode(value)).toContain('"outcome":"interrupted"')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    await model.close()

    const again = await startProcess()
    const run = await (await fetch(`${again.url}/api/runs/${runId}`)).json()
    expect(run).toMatchObject({ state: 'interrupted' })
  })

  it('[E9] lets the finally blocks of the runs that it interrupts run to their end', async () => {
    const { child, url } = await startProcess({ MILLRACE_DRAIN_SECONDS: '0' })
    const chat = chatFlow('endless')
    const { model, runId } = await startEndlessRun(url, {
      ...chat,
      nodes: [
        ...chat.nodes,
        { id: 'attempt', type: 'flow.tryCatch' },
        { id: 'last', type: 'flow.yieldReturn', properties: { value: 'cleaned up' } },
      ],
      edges: [
        ...chat.edges.filter(({ to }) => to !== 'chat'),
        { from: ['trigger', 'next'], to: 'attempt' },
        { from: ['attempt', 'try'], to: 'chat' },
        { from: ['attempt', 'finally'], to: 'last' },
      ],
    })
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    await model.close()

    const again = await startProcess()
    const log = await (await fetch(`${again.url}/api/runs/${runId}/stream`)).text()
    expect(log).toContain('data: "cleaned up"')
    expect(log).toContain('"outcome":"interrupted"')
  })

  it('knows after kill -9 what was saved, and that the run was interrupted', async () => {
    const { child, url } = await startProcess()
    const { model, runId } = await startEndlessRun(url)
    // Once the list shows the run, it was flushed to the disk.
    await fetch(`${url}/api/runs`)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await model.close()

    const again = await startProcess()
    const run = await (await fetch(`${again.url}/api/runs/${runId}`)).json()
    expect(run).toMatchObject({ state: 'interrupted' })
    const log = await (await fetch(`${again.url}/api/runs/${runId}/stream`)).text()
    expect(log).toContain('data: "one"')
    expect(log).toContain('"outcome":"interrupted"')
    expect((await fetch(`${again.url}/api/flows/endless`)).headers.get('etag')).toBe('"1"')
  })
})

it.skipIf(process.platform === 'win32')(
  'keeps its files to its owner, in a directory that others may look into',
  async () => {
    chmodSync(directory, 0o755)
    await startProcess()
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    expect(files).toEqual(expect.arrayContaining(['millrace.db', 'runs.db', 'secret.key']))
    const readable = files.filter((file) => (statSync(join(directory, file)).mode & 0o077) !== 0)
    expect(readable).toEqual([])
  },
)

describe('a server that cannot make code of text', () => {
  it('does all that others do: runs flows, expressions, code and tools', async () => {
    const { url } = await startProcess({ NODE_OPTIONS: '--disallow-code-generation-from-strings' })
    const ask = async (path: string, body: unknown) => (await post(`${url}${path}`, body)).text()

    const model = await startFakeModel()
    const fields = { baseUrl: model.url, apiKey: 'sk-test' }
    await ask('/api/connections', { id: 'model', kind: 'openai', name: 'Model', fields })
    const userPrompt = { $expr: 'chatCompletionRequest.prompt.matches("^H") ? "yes" : "no"' }
    await ask('/api/flows', chatFlow('chat', { chat: { userPrompt } }))
    const streamed = await ask('/api/flows/chat/stream', { sessionId: 's', prompt: 'Hi' })
    expect(streamed).toContain('event: end')
    expect(JSON.stringify(model.requests.at(-1)?.body)).toContain('yes')
    await model.close()

    const code = 'const twice: number = input * 2; return [twice, eval("1 + 1")]'
    expect(
      JSON.parse(await ask('/api/functions/run', { code, inputs: { input: 21 } })),
    ).toMatchObject({ status: 'returned', result: [42, 2] })
    const mcp = await fetch(`${url}/mcp`, {
      method: 'POST',
      body: JSON.stringify(initializeRequest),
      headers: { accept: initializeAccept, 'content-type': 'application/json' },
    })
    expect(await mcp.text()).toContain('"serverInfo"')
  })
})
