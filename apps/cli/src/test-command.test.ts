import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeModelServer, textAnswer } from '@millrace/e2e/fake-model-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { millrace } from './testing/millrace.ts'

let directory: string
let flows: string
let count = 0
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-tests-'))
})
beforeEach(async () => {
  flows = join(directory, String((count += 1)))
  await mkdir(flows)
})
afterAll(() => rm(directory, { recursive: true }))

async function write(name: string, content: unknown): Promise<string> {
  const path = join(flows, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function chatFlow(systemPrompt = 'You are friendly.'): unknown {
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
          connection: 'model',
          modelId: 'gpt-4o-mini',
          systemPrompt,
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
        },
      },
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'yield' },
    ],
  }
}

/** A flow that waits and returns, and a test of it that expects something. */
async function writeWaiting(expected: string): Promise<string> {
  await write('wait.json', {
    format: 'millrace/flow',
    version: 1,
    id: 'wait',
    name: 'Wait',
    nodes: [
      { id: 'wait', type: 'flow.wait', properties: { duration: 1, unit: 'minutes' } },
      { id: 'end', type: 'flow.return', properties: { value: 'over' } },
    ],
    edges: [{ from: ['wait', 'next'], to: 'end' }],
  })
  return await write('wait.test.json', {
    format: 'millrace/flow-test',
    version: 1,
    flow: 'wait',
    tests: [
      { name: 'ends', expect: { result: expected } },
      { name: 'completes', expect: {} },
    ],
  })
}

describe('millrace test', { timeout: 60_000 }, () => {
  it('replays what millrace run --record recorded, without a provider or a key', async () => {
    const flow = await write('chat.json', chatFlow())
    const tests = join(flows, 'chat.test.json')
    const input = ['--input', '{"prompt":"Hi"}']
    {
      const answer = textAnswer('Hello you')
      await using provider = await startFakeModelServer({ models: { 'gpt-4o-mini': answer } })
      const fields = { baseUrl: provider.url, apiKey: 'sk-secret-of-the-test' }
      const connections = await write('connections.json', { model: { kind: 'openai', fields } })
      const run = ['run', flow, ...input, '--connections', connections, '--record', tests]
      expect(await millrace(run)).toEqual({
        code: 0,
        output: 'Hello you\n',
        errors: `Recorded as "Chat" in ${tests}.\n`,
      })
    }
    expect(await readFile(tests, 'utf8')).not.toContain('sk-secret')
    const passed = await millrace(['test', flows])
    expect(passed).toMatchObject({ code: 0, errors: '' })
    expect(passed.output).toMatch(/chat\.test\.json\n {2}✓ Chat \(\d+ ms\)\n1 passed, 0 failed\n$/)

    await write('chat.json', chatFlow('You are a pirate.'))
    const failed = await millrace(['test', flows, '--filter', 'chat'])
    expect(failed.code).toBe(1)
    expect(failed.output).toContain(
      'messages[0].content: expected "You are friendly.", and there is "You are a pirate."',
    )
    expect(await millrace(['test', tests, '--update'])).toMatchObject({ code: 0 })
    expect(await millrace(['test', tests])).toMatchObject({ code: 0 })
  })

  it('waits for nothing, and reports as JSON', async () => {
    const path = await writeWaiting('done')
    const { code, output } = await millrace(['test', path, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(output)).toMatchObject({
      files: [
        {
          path,
          flow: 'wait',
          tests: [
            {
              name: 'ends',
              passed: false,
              differences: [{ at: 'result', expected: 'done', actual: 'over' }],
            },
            { name: 'completes', passed: true },
          ],
        },
      ],
    })
  })

  it('tells every problem of a file that is none', async () => {
    await write('odd.test.json', { format: 'millrace/flow-test', version: 1, flow: 'x', tests: 7 })
    const { code, output } = await millrace(['test', flows])
    expect(code).toBe(1)
    expect(output).toContain('At tests: Here should be a list, and there is a number.')
    expect(output).toContain('0 passed, 0 failed, 1 cannot be read')
  })

  it('tests the rest where one file is torn, and where the flow of one is gone', async () => {
    await writeWaiting('over')
    await write('torn.test.json', '{')
    const test = { format: 'millrace/flow-test', version: 1, flow: 'lost', tests: [] }
    await write('lost.test.json', test)
    const { code, output } = await millrace(['test', flows])
    expect(code).toBe(1)
    expect(output).toContain('2 passed, 0 failed, 2 cannot be read')
    expect(output).toContain('tests the flow "lost", and there is no "')
  })

  it('is not green where a filter leaves nothing to test', async () => {
    const path = await writeWaiting('over')
    expect(await millrace(['test', path, '--filter', 'endz'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining('No test has "endz" in its name. Check --filter.') as string,
    })
  })

  it('refuses a command line that it cannot read, with exit code 2', async () => {
    const flow = await write('chat.json', chatFlow())
    for (const args of [
      ['test', join(flows, 'gone')],
      ['test', flows],
      ['run', flow, '--record', join(flows, 'no-such-folder', 'a.test.json')],
      ['run', flow, '--record', 'chat.json'],
      ['run', flow, '--record', 'a.test.json', '--server', 'http://127.0.0.1:9'],
    ]) {
      expect(await millrace(args)).toMatchObject({ code: 2 })
    }
  })
})
