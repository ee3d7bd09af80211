import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startFakeModelServer, textAnswer } from '@millrace/e2e/fake-model-server'
import type { Flow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatFlow } from './testing/chat-flow.ts'
import { addressOf, millrace, spawnMillrace, startServer } from './testing/millrace.ts'
import { makeTestFolder, type TestFolder } from './testing/test-folder.ts'

let folder: TestFolder
beforeAll(async () => {
  folder = await makeTestFolder()
})
afterAll(() => folder.remove())

const file: TestFolder['write'] = (...written) => folder.write(...written)

/** Counts in the embedded database how often it has run. */
function visitsFlow(): unknown {
  const connection = 'embedded-postgres'
  const command = (id: string, statement: string) => ({
    id,
    type: 'postgres.executeCommand',
    properties: {
      connection,
      sqlExpressionAndParameters: { statement, parameters: [] },
      resultVariable: '',
    },
  })
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'visits',
    name: 'Visits',
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      command('create', 'CREATE TABLE IF NOT EXISTS visits (id integer)'),
      command('insert', 'INSERT INTO visits VALUES (1)'),
      {
        id: 'count',
        type: 'postgres.getSingleValue',
        properties: {
          connection,
          sqlExpressionAndParameters: {
            statement: 'SELECT count(*) FROM visits',
            parameters: [],
          },
          resultVariable: 'visits',
          resultType: 'number',
        },
      },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'visits' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'create' },
      { from: ['create', 'next'], to: 'insert' },
      { from: ['insert', 'next'], to: 'count' },
      { from: ['count', 'next'], to: 'end' },
    ],
  }
}

/** Returns what the code of a *Function* gives. */
function functionFlow(code: string): unknown {
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'computed',
    name: 'Computed',
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'compute',
        type: 'flow.function',
        properties: {
          inputs: [{ name: 'prompt', value: { $ref: 'chatCompletionRequest.prompt' } }],
          code,
        },
      },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'result' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'compute' },
      { from: ['compute', 'next'], to: 'end' },
    ],
  }
}

/** Yields a value of each kind that a chat knows. */
function valuesFlow(): Flow {
  const guide = { title: 'Guide', url: 'https://a.test' }
  const values = [
    { type: 'status', text: 'Searching' },
    { type: 'sources', items: [guide] },
    'Text',
    { hits: 3 },
    { content: 'more' },
  ]
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'values',
    name: 'Values',
    nodes: values.map((value, index) => ({
      id: `say${index}`,
      type: 'flow.yieldReturn',
      properties: { value },
    })),
    edges: values.slice(1).map((_, index) => ({
      from: [`say${index}`, 'next'],
      to: `say${index + 1}`,
    })),
  }
}

/** Returns the prompt, and yields nothing. */
function returningFlow(): Flow {
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'echo',
    name: 'Echo',
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'return',
        type: 'flow.return',
        properties: { value: { $ref: 'chatCompletionRequest.prompt' } },
      },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'return' }],
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
    const child = spawnMillrace(['run', flow, ...input])
    let errors = ''
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect([await once(child, 'close'), errors]).toEqual([[0, null], ''])
  })

  it('prints each kind of value in its own way, and the status beside the answer', async () => {
    const flow = await file('flow.json', valuesFlow())
    expect(await millrace(['run', flow, ...input])).toEqual({
      code: 0,
      output: 'Text\n{"hits":3}\nmore\n\nSources\n1. Guide\n   https://a.test\n',
      errors: 'Searching\n',
    })
  })

  it('keeps what a flow stores in the embedded database for the next command', async () => {
    const flow = await file('visits.json', visitsFlow())
    const env = { MILLRACE_DATA_DIR: join(folder.path, 'data') }
    for (const count of [1, 2]) {
      expect(await millrace(['run', flow, ...input], env)).toEqual({
        code: 0,
        output: `${count}\n`,
        errors: '',
      })
    }
  }, 60_000)

  it('takes its input from a file, and from the standard input', async () => {
    const flow = await file('flow.json', returningFlow())
    const given = await file('input.json', { sessionId: 's1', prompt: 'From a file' })
    expect(await millrace(['run', flow, '--input', `@${given}`])).toMatchObject({
      code: 0,
      output: 'From a file\n',
    })
    const piped = JSON.stringify({ sessionId: 's1', prompt: 'Piped' })
    expect(await millrace(['run', flow, '--input', '-'], {}, piped)).toMatchObject({
      code: 0,
      output: 'Piped\n',
    })
    expect(await millrace(['run', flow, '--input', '-'], {}, '{oops')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('"the standard input" is no JSON') as string,
    })
  })

  it('stops the run at Ctrl+C, keeps what was printed, and ends with 130', async () => {
    await using provider = await startFakeModelServer({
      models: {
        'gpt-4o-mini': textAnswer('Half an answer', {
          pause: { afterTokens: 1, until: new Promise(() => undefined) },
        }),
      },
    })
    const connections = await file('connections.json', {
      model: { kind: 'openai', fields: { apiKey: 'any', baseUrl: provider.url } },
    })
    const flow = await file('flow.json', chatFlow('model'))
    const child = spawnMillrace(['run', flow, ...input, '--connections', connections])
    const end = once(child, 'close')
    let output = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    expect([await end, output]).toEqual([[130, null], 'Half\n'])
    expect((await provider.requests[0]?.ended)?.how).toBe('client-left')
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

  it('[J1] runs the code of functions, and ends when the flow does', async () => {
    const flow = await file('flow.json', functionFlow('return (prompt as string).length'))
    const { code, output } = await millrace(['run', flow, '--input', '{"prompt":"four"}'])
    expect([code, output]).toEqual([0, '4\n'])
  })

  it('[J18] refuses a flow with code that cannot be read', async () => {
    const flow = await file('flow.json', functionFlow('return ('))
    const { code, errors } = await millrace(['run', flow, '--input', '{"prompt":"four"}'])
    expect(code).toBe(1)
    expect(errors).toContain('"Code" of "Function" cannot be read in line 1: Expression expected.')
  })

  it('says which connection is missing', async () => {
    const flow = await file('flow.json', chatFlow('nowhere'))
    expect(await millrace(['run', flow, ...input])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no connection "nowhere".') as string,
    })
  })

  it('gives a node what is pinned, and stops behind the one that it runs to', async () => {
    const flow = await file('visits.json', visitsFlow())
    const pins = await file('pins.json', {
      create: { outputs: {} },
      insert: { outputs: {} },
      count: { outputs: { value: 41 } },
    })
    const pinned = await millrace(['run', flow, ...input, '--pin', pins])
    expect(pinned).toMatchObject({ code: 0, output: '41\n' })
    const partly = await millrace([
      'run',
      flow,
      ...input,
      '--pin',
      pins,
      '--until',
      'count',
      '--events',
    ])
    expect(JSON.parse(partly.output.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'run-end',
      until: 'count',
      result: null,
    })
  })

  it('refuses a command line that it cannot read, with exit code 2', async () => {
    const flow = await file('flow.json', chatFlow('model'))
    for (const args of [
      ['run', join(folder.path, 'gone.json')],
      ['run', flow, '--input', '{oops'],
      ['run', flow, '--input', '@nowhere.json'],
      ['run', flow, '--server', 'localhost:4400'],
      ['run', flow, '--server', 'http://localhost:4400', '--connections', 'c.json'],
      ['run', flow, '--key', 'mr_1'],
      ['fly'],
      [],
    ]) {
      expect(await millrace(args)).toMatchObject({ code: 2 })
    }
  })
})

describe('a command line', { timeout: 30_000 }, () => {
  it('with something that the command does not know is refused, and does nothing', async () => {
    const path = await file('flow.json', returningFlow())
    const text = await readFile(path, 'utf8')
    const { code, output, errors } = await millrace(['format', path, '--chek'])
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toContain('There is no option "--chek". Did you mean --check?')
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  it('may ask for the version, and for help, which has no colours in a pipe', async () => {
    expect((await millrace(['--version'])).output).toMatch(/^\d+\.\d+\.\d+\n$/)
    const { code, output } = await millrace(['start', '--help'], { TERM: 'xterm', CI: '' })
    expect(code).toBe(0)
    expect(output).toContain('MILLRACE_NODES ')
    expect(output).not.toContain('\u001b')
  })
})

describe('millrace run, of a flow that runs others', { timeout: 30_000 }, () => {
  const calling = (id: string, flow: string) => ({
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes: [{ id: 'call', type: 'flow.runFlow', properties: { flow } }],
    edges: [],
  })

  it('finds each under its id beside the one that runs it, and streams through', async () => {
    const said = await file('said.json', valuesFlow())
    await file('inner.json', calling('inner', 'said'))
    const path = await file('outer.json', calling('outer', 'inner'))
    const [direct, through] = await Promise.all([millrace(['run', said]), millrace(['run', path])])
    expect(direct.output).toContain('Text')
    expect(through).toEqual(direct)
  })

  it('says which file is missing', async () => {
    const path = await file('lonely.json', calling('lonely', 'nobody'))
    const { code, errors } = await millrace(['run', path])
    expect(code).toBe(1)
    expect(errors).toContain(`the file ${join(folder.path, 'nobody.json')} does not exist`)
  })

  it('starts a flow with an HTTP trigger with its default data', async () => {
    const path = await file('posted.json', {
      ...calling('posted', 'said'),
      nodes: [
        { id: 'trigger', type: 'http.trigger', properties: { defaultData: { name: 'Mill' } } },
        { id: 'end', type: 'flow.return', properties: { value: { $ref: 'triggerData.name' } } },
      ],
      edges: [{ from: ['trigger', 'next'], to: 'end' }],
    })
    expect(await millrace(['run', path])).toMatchObject({ code: 0, output: 'Mill\n' })
  })
})

describe('millrace run --server', { timeout: 60_000 }, () => {
  let address: string
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    server = await startServer(join(folder.path, 'server'))
    address = server.address
  }, 60_000)
  afterAll(() => server[Symbol.asyncDispose]())

  it('runs the file there, with the same output', async () => {
    const flow = await file('flow.json', valuesFlow())
    const here = await millrace(['run', flow, ...input])
    expect(await millrace(['run', flow, ...input, '--server', address])).toEqual(here)
  })

  it('has the connections of the server, and prints its events', async () => {
    const flow = await file('flow.json', chatFlow('demo', { modelId: 'demo' }))
    const { code, output } = await millrace([
      'run',
      flow,
      ...input,
      '--server',
      `${address}/`,
      '--events',
    ])
    const events = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; seq: number })
    expect([code, events.at(-1)?.type]).toEqual([0, 'run-end'])
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  })

  it('stops the run there at Ctrl+C', async () => {
    const flow = await file('flow.json', chatFlow('demo', { modelId: 'demo' }))
    const child = spawnMillrace(['run', flow, ...input, '--server', address])
    const end = once(child, 'close')
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    expect(await end).toEqual([130, null])
    const { runs } = (await (await fetch(`${address}/api/runs?limit=1`)).json()) as {
      readonly runs: readonly { readonly state: string }[]
    }
    expect(runs.map(({ state }) => state)).toEqual(['cancelled'])
  })

  it('says what the server refuses, and where nothing answers', async () => {
    const flow = await file('flow.json', chatFlow('nowhere'))
    expect(await millrace(['run', flow, ...input, '--server', address])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('[connection_missing]') as string,
    })
    expect(await millrace(['run', flow, ...input, '--server', 'http://127.0.0.1:9'])).toEqual({
      code: 1,
      output: '',
      errors:
        'Error: The server at http://127.0.0.1:9 cannot be reached. Check the address, and that Millrace runs there. [provider_unreachable]\n',
    })
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

  it('[J18] finds code that cannot be read', async () => {
    const { code, output } = await millrace([
      'check',
      await file('flow.json', functionFlow('return (')),
    ])
    expect(code).toBe(1)
    expect(output).toContain('compute.code')
    expect(output).toContain('cannot be read in line 1')
  })

  it('lists what makes a file no flow', async () => {
    const { code, output } = await millrace(['check', await file('flow.json', { format: 'other' })])
    expect(code).toBe(1)
    expect(output).toContain('[document_malformed]')
  })
})

describe('millrace backup, restore and rotate-key', { timeout: 60_000 }, () => {
  it('work on the data directory of the environment, and say what they did', async () => {
    const data = { MILLRACE_PORT: '0', MILLRACE_DATA_DIR: join(folder.path, 'kept') }
    const child = spawnMillrace(['start'], data)
    const exit = once(child, 'exit')
    await addressOf(child)
    const backUp = join(folder.path, 'monday')
    const made = await millrace(['backup', backUp], data)
    expect(made).toMatchObject({ code: 0, output: expect.stringContaining('The back-up is') })
    expect(await millrace(['rotate-key'], data)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is in use by process') as string,
    })
    child.kill('SIGTERM')
    await exit
    expect(await millrace(['rotate-key'], data)).toMatchObject({
      code: 0,
      output: '0 secrets are sealed with the new key. Start the server.\n',
    })
    const other = { ...data, MILLRACE_DATA_DIR: join(folder.path, 'other') }
    expect((await millrace(['restore', backUp], other)).code).toBe(0)
    expect(await millrace(['restore', backUp], other)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is not empty') as string,
    })
  })
})

describe('millrace start', { timeout: 30_000 }, () => {
  const env = () => ({ MILLRACE_PORT: '0', MILLRACE_DATA_DIR: join(folder.path, 'data') })

  it('serves until it is asked to stop, and ends with 0', async () => {
    const child = spawnMillrace(['start'], env())
    const exit = once(child, 'exit')
    const address = await addressOf(child)
    expect((await fetch(`${address}/api/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect((await exit)[0]).toBe(0)
  })

  it('says in one line why it does not start', async () => {
    expect(await millrace(['start'], { ...env(), MILLRACE_HOST: '0.0.0.0' })).toMatchObject({
      code: 1,
      errors: expect.stringMatching(
        /^MILLRACE_HOST is "0.0.0.0", by which others reach the server too\. Set MILLRACE_OPERATOR_PASSWORD .*\n$/,
      ) as string,
    })
  })
})

describe('millrace with packages of nodes', () => {
  const dice = join(import.meta.dirname, '../../../examples/third-party-node/index.js')
  const flow = {
    format: 'millrace/flow',
    version: 1,
    id: 'dice',
    name: 'Dice',
    nodes: [
      { id: 'roll', type: 'example.rollDice', properties: { dice: 3 } },
      { id: 'return', type: 'flow.return', properties: { value: { $expr: 'rolled.size()' } } },
    ],
    edges: [{ from: ['roll', 'next'], to: 'return' }],
  }

  it('checks and runs flows of their nodes', async () => {
    const path = await file('dice.json', flow)
    const env = { MILLRACE_NODES: dice }
    expect(await millrace(['check', path])).toMatchObject({ code: 1 })
    expect(await millrace(['check', path], env)).toMatchObject({
      code: 0,
      output: 'No problems.\n',
    })
    expect(await millrace(['run', path], env)).toMatchObject({ code: 0, output: '3\n' })
  }, 20_000)

  it('says in one line which of them cannot be used', async () => {
    const path = await file('dice.json', flow)
    const { code, errors } = await millrace(['check', path], { MILLRACE_NODES: 'acme-nodes' })
    expect(code).toBe(2)
    expect(errors).toMatch(/^MILLRACE_NODES names "acme-nodes", which cannot be loaded: /)
  })
})
