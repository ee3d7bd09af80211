import { startFakeModelServer, textAnswer } from '@millrace/e2e/fake-model-server'
import type { FlowTest } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { describeDifference } from './compare.ts'
import { runFlowTest, runFlowTests } from './run-flow-test.ts'
import { testOfRun } from './test-of-run.ts'
import { chatFlow, flowOf, modelAt, recorded, tested } from './testing/recorded-chat.ts'
import { updatedTest, whyNotUpdated } from './updated-test.ts'

const flow = chatFlow()

async function recordedTest(): Promise<FlowTest> {
  const answer = textAnswer('Water turns')
  await using provider = await startFakeModelServer({ models: { 'gpt-4o-mini': answer } })
  return testOfRun('answers', await recorded(flow, [modelAt(provider.url)]))
}

/** A flow that reads rows from a database and yields how many there are, twice. */
const rowsFlow = flowOf(
  [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'twice',
      type: 'flow.forEach',
      properties: { items: ['a', 'b'], loopVariable: 'item' },
    },
    {
      id: 'rows',
      type: 'postgres.getRows',
      properties: {
        connection: 'docs',
        sqlExpressionAndParameters: { statement: 'SELECT 1', parameters: [] },
        resultVariable: 'rows',
      },
    },
    { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $expr: 'rows.size()' } } },
  ],
  ['trigger.next > twice', 'twice.forEachItem > rows', 'rows.next > yield'],
)

const waitFlow = flowOf(
  [
    { id: 'trigger', type: 'chat.trigger' },
    { id: 'wait', type: 'flow.wait', properties: { duration: 90, unit: 'minutes' } },
    { id: 'end', type: 'flow.return', properties: { value: 'over' } },
  ],
  ['trigger.next > wait', 'wait.next > end'],
)

describe('the outside of a test', () => {
  it('[T5] gives outputs to nodes that are named, whatever their names are', async () => {
    const odd = flowOf(
      [
        { id: 'toString', type: 'flow.wait', properties: { duration: 1 } },
        { id: 'valueOf', type: 'flow.return', properties: { value: 'over' } },
      ],
      ['toString.next > valueOf'],
    )
    const test: FlowTest = { name: 'odd', outputs: {}, recordings: {}, expect: { result: 'over' } }
    expect(await runFlowTest(tested(odd), test)).toMatchObject({ passed: true, differences: [] })
  })

  it('[T2] has no other flows, so that a node which runs one has its outputs in the test', async () => {
    const calling = flowOf(
      [
        { id: 'call', type: 'flow.runFlow', properties: { flow: 'other' } },
        { id: 'end', type: 'flow.return', properties: { value: { $ref: 'result' } } },
      ],
      ['call.continue > end'],
    )
    const test: FlowTest = { name: 'calls', expect: { result: 7 } }
    const result = await runFlowTest(tested(calling), test)
    expect(result).toMatchObject({
      passed: false,
      error: {
        code: 'recording_missing',
        nodeId: 'call',
        message:
          'The flow "other" did not start: A test does not run another flow, such as "other". Give the outputs of the node in the test, or record the test again.',
      },
    })
    expect(updatedTest(test, result)).toBeUndefined()
    const given: FlowTest = { ...test, outputs: { call: [{ result: 7 }] } }
    expect(await runFlowTest(tested(calling), given)).toMatchObject({ passed: true })
  })

  it('[T2] fails a node that asks for what was not recorded, and says how to record it', async () => {
    const { recordings: _, ...test } = await recordedTest()
    const result = await runFlowTest(tested(flow), test)
    expect(result).toMatchObject({
      passed: false,
      actual: { outcome: 'failed', error: { code: 'recording_missing', node: 'chat' } },
      error: {
        message:
          '"chat" asked for POST /chat/completions, and the test has no recording of a call of it. Record the test again.',
      },
    })
  })

  it('[T2] opens no connection to a database', async () => {
    const result = await runFlowTest(tested(rowsFlow), {
      name: 'rows',
      input: { prompt: '' },
      expect: {},
    })
    expect(result.error).toMatchObject({
      code: 'recording_missing',
      nodeId: 'rows',
      property: 'connection',
    })
  })

  it('[T3] answers a request that has changed, and tells the first place of the change', async () => {
    const changed = chatFlow({ systemPrompt: 'You are a pirate.' })
    const result = await runFlowTest(tested(changed), await recordedTest())
    expect(result).toMatchObject({ passed: false, actual: { text: 'Water turns' } })
    expect(result.differences.map(describeDifference)).toEqual([
      'recordings.chat[0].request.body.messages[0].content: expected "You are friendly.", and there is "You are a pirate."',
    ])
  })

  it('[T4] fails when something recorded was not asked for', async () => {
    const test = await recordedTest()
    const [exchange] = test.recordings?.['chat'] ?? []
    const twice = { chat: [exchange, exchange] } as NonNullable<FlowTest['recordings']> // there is one
    const result = await runFlowTest(tested(flow), { ...test, recordings: twice })
    expect(result.differences).toEqual([
      { at: 'recordings.chat', expected: '2 uses', actual: '1 use' },
    ])
  })

  it('[T5] gives a node the outputs of each visit in turn', async () => {
    const outputs = { rows: [{ rows: [] }, { rows: [{ id: 1 }] }] }
    const test = { name: 'rows', input: { prompt: '' }, outputs, expect: { yields: [0, 1] } }
    expect(await runFlowTest(tested(rowsFlow), test)).toMatchObject({ passed: true })
  })

  it('[T5] fails when a node is visited more often than the test has outputs', async () => {
    const outputs = { rows: [{ rows: [] }] }
    const test = { name: 'rows', input: { prompt: '' }, outputs, expect: { yields: [0, 1] } }
    expect((await runFlowTest(tested(rowsFlow), test)).error).toMatchObject({
      code: 'recording_missing',
      nodeId: 'rows',
    })
  })

  it('[T6] lets an hour and a half pass in no time', async () => {
    const test = { name: 'waits', input: { prompt: '' }, expect: { result: 'over' } }
    const result = await runFlowTest(tested(waitFlow), test)
    expect(result.passed).toBe(true)
    expect(result.ms).toBeLessThan(60_000)
  })
})

describe('an expectation', () => {
  it('[T8] tells the first difference of each part that it names', async () => {
    const test = await recordedTest()
    const result = await runFlowTest(tested(flow), {
      ...test,
      expect: { yields: ['Water', ' flows'], text: 'Water flows', result: { $any: true } },
    })
    expect(result.differences).toEqual([
      { at: 'text', expected: 'Water flows', actual: 'Water turns' },
      { at: 'yields[1]', expected: ' flows', actual: ' turns' },
    ])
  })

  it('[T9] that names no error is not met by a run that fails', async () => {
    const failing = { ...(await recordedTest()), input: 7, expect: {} }
    const result = await runFlowTest(tested(flow), { ...failing, recordings: {} })
    expect(result.differences).toEqual([{ at: 'outcome', expected: 'completed', actual: 'failed' }])
  })

  it('[T9] names as much of an error as it likes', async () => {
    const failing = { name: 'fails', input: 7, expect: { error: { code: 'input_invalid' } } }
    expect(await runFlowTest(tested(flow), failing)).toMatchObject({ passed: true })
  })

  it('[T9] of problems is met by a flow that has just these', async () => {
    const broken = chatFlow({ userPrompt: { $ref: 'chatCompletionRequst.prompt' } })
    const problems = [{ code: 'reference_broken', node: 'chat', property: 'userPrompt' }]
    const test = { name: 'does not check', expect: { problems } }
    expect(await runFlowTest(tested(broken), test)).toMatchObject({ passed: true })
    expect((await runFlowTest(tested(flow), test)).differences).toEqual([
      { at: 'problems[0]', expected: problems[0] },
    ])
  })

  it('[T9] of anything else is not met by a flow that has problems', async () => {
    const broken = chatFlow({ userPrompt: { $ref: 'chatCompletionRequst.prompt' } })
    const result = await runFlowTest(tested(broken), await recordedTest())
    expect(result).toMatchObject({ passed: false, error: { code: 'flow_invalid' } })
  })
})

describe('a test brought up to date', () => {
  it('[T10] passes, and keeps what did not differ', async () => {
    const changed = tested(chatFlow({ systemPrompt: 'You are a pirate.' }))
    const test = { ...(await recordedTest()), expect: { text: 'no', result: { $any: true } } }
    const updated = updatedTest(test, await runFlowTest(changed, test)) ?? test
    expect(updated.expect).toEqual({ text: 'Water turns', result: { $any: true } })
    expect(await runFlowTest(changed, updated)).toMatchObject({ passed: true })
  })

  it('[T10] gives no outputs to a node that runs no more', async () => {
    const test = await recordedTest()
    const stale = { ...test, outputs: { gone: [{}, {}] } }
    const result = await runFlowTest(tested(flow), stale)
    expect(result).toMatchObject({ passed: false, differences: [{ at: 'outputs.gone' }] })
    expect(updatedTest(stale, result)).toEqual(test)
  })

  it('[T10] expects a failure where there is one', async () => {
    const { recordings: _, ...test } = { ...(await recordedTest()), input: 7 }
    const updated = updatedTest(test, await runFlowTest(tested(flow), test)) ?? test
    expect(updated.expect).toMatchObject({ outcome: 'failed' })
    expect(await runFlowTest(tested(flow), updated)).toMatchObject({ passed: true })
  })

  it('[T10] keeps its recordings where its flow has problems, as it cannot be one then', async () => {
    const broken = tested(chatFlow({ userPrompt: { $ref: 'chatCompletionRequst.prompt' } }))
    const test = await recordedTest()
    const result = await runFlowTest(broken, test)
    expect(updatedTest(test, result)).toBeUndefined()
    expect(whyNotUpdated(result)).toBe('did not run, as its flow has problems. Mend the flow')
  })

  it('[T10] cannot be one that lacks a recording', async () => {
    const { recordings: _, ...test } = await recordedTest()
    expect(updatedTest(test, await runFlowTest(tested(flow), test))).toBeUndefined()
  })
})

it('tells of each test when it ends, in their order', async () => {
  const names: string[] = []
  const tests = ['one', 'two'].map((name) => ({ name, input: { prompt: '' }, expect: {} }))
  await runFlowTests(tested(waitFlow), tests, ({ name }) => names.push(name))
  expect(names).toEqual(['one', 'two'])
})
