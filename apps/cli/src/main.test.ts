import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeModelServer, textAnswer } from '@millrace/e2e/fake-model-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const main = join(import.meta.dirname, 'main.ts')
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
})
afterAll(() => rm(directory, { recursive: true }))

interface Result {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

function millrace(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
  let output = ''
  let errors = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })))
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function chatFlow(connection: string, chat: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'chat',
    name: 'Chat',
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection,
          modelId: 'gpt-4o-mini',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
          ...chat,
        },
      },
      { id: 'say', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'say' },
    ],
  }
}

const input = ['--input', '{"sessionId":"s1","prompt":"Hi"}']

describe('millrace run', { timeout: 30_000 }, () => {
  it('streams what the flow yields, with a connection whose key comes from the environment', async () => {
    await using provider = await startFakeModelServer({
      apiKey: 'sk-right',
      models: { 'gpt-4o-mini': textAnswer('Hello you') },
    })
    const connections = await file('connections.json', {
      model: { kind: 'openai', fields: { apiKey: '${KEY}', baseUrl: provider.url } },
    })
    const flow = await file('flow.json', chatFlow('model'))
    const run = (key: string) =>
      millrace(['run', flow, ...input, '--connections', connections], { KEY: key })
    expect(await run('sk-right')).toEqual({ code: 0, output: 'Hello you\n', errors: '' })
    expect(await run('sk-wrong')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('[provider_unauthorized]') as string,
    })
  })

  it('fills the environment into headers too', async () => {
    await using provider = await startFakeModelServer()
    const connections = await file('connections.json', {
      model: {
        kind: 'openai',
        fields: { apiKey: 'any', baseUrl: provider.url, headers: { 'x-team': 'mill ${TEAM}' } },
      },
    })
    const flow = await file('flow.json', chatFlow('model'))
    await millrace(['run', flow, ...input, '--connections', connections], { TEAM: 'race' })
    expect(provider.requests[0]?.headers['x-team']).toBe('mill race')
  })

  it('ends in silence when nobody reads its output any more', async () => {
    const flow = await file('flow.json', chatFlow('demo', { modelId: 'demo' }))
    const child = spawn(process.execPath, [main, 'run', flow, ...input])
    let errors = ''
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect([await once(child, 'close'), errors]).toEqual([[0, null], ''])
  })

  it('prints every event as a line of JSON', async () => {
    await using provider = await startFakeModelServer()
    const connections = await file('connections.json', {
      model: { kind: 'openai', fields: { apiKey: 'any', baseUrl: provider.url } },
    })
    const flow = await file('flow.json', chatFlow('model'))
    const { output } = await millrace([
      'run',
      flow,
      ...input,
      '--connections',
      connections,
      '--events',
    ])
    const events = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; seq: number })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'completed' })
  })

  it('says which connection is missing', async () => {
    const flow = await file('flow.json', chatFlow('nowhere'))
    expect(await millrace(['run', flow, ...input])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no connection "nowhere".') as string,
    })
  })

  it('refuses a command line that it cannot read, with exit code 2', async () => {
    const flow = await file('flow.json', chatFlow('model'))
    for (const args of [
      ['run', join(directory, 'gone.json')],
      ['run', flow, '--input', '{oops'],
      ['fly'],
      [],
    ]) {
      expect(await millrace(args)).toMatchObject({ code: 2 })
    }
  })
})

describe('millrace check', { timeout: 30_000 }, () => {
  it('finds nothing wrong with a good flow', async () => {
    const flow = await file('flow.json', chatFlow('model'))
    expect(await millrace(['check', flow])).toEqual({
      code: 0,
      output: 'No problems.\n',
      errors: '',
    })
  })

  it('lists the problems of a flow with their places, and exits with 1', async () => {
    const flow = await file(
      'flow.json',
      chatFlow('model', { userPrompt: { $ref: 'chatCompletionRequst.prompt' } }),
    )
    const { code, output } = await millrace(['check', flow])
    expect(code).toBe(1)
    expect(output).toContain('error  chat.userPrompt')
    expect(output).toContain('Did you mean "chatCompletionRequest"?')
  })

  it('lists what makes a file no flow', async () => {
    const { code, output } = await millrace(['check', await file('flow.json', { format: 'other' })])
    expect(code).toBe(1)
    expect(output).toContain('[document_malformed]')
  })
})

describe('millrace start', { timeout: 30_000 }, () => {
  const env = () => ({ MILLRACE_PORT: '0', MILLRACE_DATA_DIR: join(directory, 'data') })

  it('serves until it is asked to stop, and ends with 0', async () => {
    const child = spawn(process.execPath, [main, 'start'], { env: { ...process.env, ...env() } })
    const exit = once(child, 'exit')
    let output = ''
    while (!output.includes('Ctrl+C')) {
      const [data] = (await once(child.stdout, 'data')) as [Buffer]
      output += data.toString()
    }
    const address = /http:\S+/.exec(output)?.[0] ?? ''
    expect((await fetch(`${address}/api/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect((await exit)[0]).toBe(0)
  })

  it('says in one line why it does not start', async () => {
    expect(await millrace(['start'], { ...env(), MILLRACE_HOST: '0.0.0.0' })).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^MILLRACE_HOST is "0.0.0.0", but .*\n$/) as string,
    })
  })
})
