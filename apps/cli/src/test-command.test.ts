import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startFakeModelServer, textAnswer } from '@millrace/e2e/fake-model-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow } from './testing/chat-flow.ts'
import { millrace } from './testing/millrace.ts'
import { makeTestFolder, type TestFolder } from './testing/test-folder.ts'

let folder: TestFolder
beforeEach(async () => {
  folder = await makeTestFolder()
})
afterEach(() => folder.remove())

const write: TestFolder['write'] = (...written) => folder.write(...written)

function friendlyFlow(systemPrompt = 'You are friendly.'): unknown {
  return chatFlow('model', { systemPrompt })
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
    const flow = await write('chat.json', friendlyFlow())
    const tests = join(folder.path, 'chat.test.json')
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
    const passed = await millrace(['test', folder.path])
    expect(passed).toMatchObject({ code: 0, errors: '' })
    expect(passed.output).toMatch(/chat\.test\.json\n {2}✓ Chat \(\d+ ms\)\n1 passed, 0 failed\n$/)

    await write('chat.json', friendlyFlow('You are a pirate.'))
    const failed = await millrace(['test', folder.path, '--filter', 'chat'])
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
    const { code, output } = await millrace(['test', folder.path])
    expect(code).toBe(1)
    expect(output).toContain('At tests: Here should be a list, and there is a number.')
    expect(output).toContain('0 passed, 0 failed, 1 cannot be read')
  })

  it('goes on with the others when a file cannot be read, or its flow is not there', async () => {
    await writeWaiting('over')
    const torn = await write('torn.test.json', '{"format": ')
    const lost = { format: 'millrace/flow-test', version: 1, flow: 'lost', tests: [] }
    await write('deep/node_modules/other.test.json', lost)
    await write('deep/lost.test.json', lost)
    const { code, output } = await millrace(['test', folder.path])
    expect(code).toBe(1)
    expect(output).toContain(`${torn}\n  error`)
    expect(output).toContain('tests the flow "lost", and there is no "')
    expect(output).toContain('2 passed, 0 failed, 2 cannot be read')
  })

  it('is not green where a filter leaves nothing to test', async () => {
    const path = await writeWaiting('over')
    expect(await millrace(['test', path, '--filter', 'endz'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining('No test has "endz" in its name. Check --filter.') as string,
    })
  })

  it('refuses a command line that it cannot read, with exit code 2', async () => {
    const flow = await write('chat.json', friendlyFlow())
    for (const args of [
      ['test', join(folder.path, 'gone')],
      ['test', folder.path],
      ['run', flow, '--record', join(folder.path, 'no-such-folder', 'a.test.json')],
      ['run', flow, '--record', 'chat.json'],
      ['run', flow, '--record', 'a.test.json', '--server', 'http://127.0.0.1:9'],
    ]) {
      expect(await millrace(args)).toMatchObject({ code: 2 })
    }
  })
})
