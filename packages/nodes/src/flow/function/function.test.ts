import type { ServerResponse } from 'node:http'
import { fakeServices } from '@millrace/engine/testing'
import type { JsonObject, RunEvent } from '@millrace/flow'
import { afterAll, describe, expect, it } from 'vitest'
import { createFunctionSandbox } from '../../sandbox/function-sandbox.server.ts'
import { chunkEvent, doneEvent } from '../../testing/chunks.ts'
import { runNodes, yieldsOf } from '../../testing/run-nodes.server.ts'
import { startProvider } from '../../testing/scripted-provider.server.ts'

const sandbox = createFunctionSandbox()
afterAll(() => sandbox.close())
const services = { ...fakeServices(), functions: sandbox }

/** Asks a function with the prompt, and yields what it gave. */
function functionFlow(properties: JsonObject) {
  return {
    nodes: [
      { id: 'trigger', type: 'chat.trigger', properties: { outputVariable: 'request' } },
      { id: 'compute', type: 'flow.function', title: 'Compute', properties },
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'result' } } },
    ],
    edges: ['trigger.next > compute', 'compute.next > yield'],
    input: { prompt: 'one two' },
    services,
  }
}

const prompt = { name: 'prompt', value: { $ref: 'request.prompt' } }

function errorIn(events: readonly RunEvent[]) {
  return events.flatMap((event) => (event.type === 'run-end' ? [event.error] : []))[0]
}

describe('flow.function', () => {
  it('[J1] gives what its code returns under the name of its result variable', async () => {
    const events = await runNodes(
      functionFlow({
        inputs: [prompt, { name: 'limit', value: { $expr: '1 + 1' } }],
        code: 'const words: string[] = prompt.split(" ")\nreturn { words, fits: words.length <= limit }',
      }),
    )
    expect(yieldsOf(events)).toEqual([{ words: ['one', 'two'], fits: true }])
  })

  it('[J8] writes what its code says to the log of the run', async () => {
    const events = await runNodes(
      functionFlow({ inputs: [prompt], code: 'console.warn("Asked:", prompt)\nreturn 1' }),
    )
    expect(events.filter(({ type }) => type === 'node-log')).toMatchObject([
      { level: 'warning', message: 'Asked: one two' },
    ])
  })

  it('[J9] fails with what its code throws, at the property of the code', async () => {
    const events = await runNodes(functionFlow({ code: '\nthrow new TypeError("Not today")' }))
    expect(errorIn(events)).toMatchObject({
      code: 'function_failed',
      message: 'The code of "Compute" failed in line 2: TypeError: Not today',
      nodeId: 'compute',
      property: 'code',
      details: { line: 2, column: 20, stack: ['at line 2, column 20'] },
    })
  })

  it.each([
    ['text', 'return 1', 'number', 'text'],
    ['number', 'return "1"', 'text', 'number'],
    ['boolean', 'return [true]', 'list of boolean', 'boolean'],
    ['list', 'return { a: 1 }', 'record with a', 'list of any'],
    ['record', 'return [1]', 'list of number', 'record'],
    ['text', 'return', 'nothing', 'text'],
  ])('[J11] wants %s, and fails for %j', async (resultType, code, given, wanted) => {
    const events = await runNodes(functionFlow({ code, resultType }))
    expect(errorIn(events)).toMatchObject({
      code: 'function_failed',
      message: `The code of "Compute" returned ${given}, and its Result type is ${wanted}. Return that, or change the Result type.`,
      property: 'resultType',
    })
  })

  it.each([
    ['text', 'return "x"', 'x'],
    ['number', 'return 1.5', 1.5],
    ['boolean', 'return false', false],
    ['list', 'return []', []],
    ['record', 'return {}', {}],
    ['any', 'return', null],
  ])('[J11] takes %s as it is', async (resultType, code, result) => {
    expect(yieldsOf(await runNodes(functionFlow({ code, resultType })))).toEqual([result])
  })

  it.each([
    ['timeout', 'for (;;) {}', 'timeout'],
    ['limit_exceeded', 'return [].concat("x".repeat(3_000_000), "y".repeat(3_000_000))', 'memory'],
    ['limit_exceeded', 'return "x".repeat(5_000_000)', 'code'],
    ['input_invalid', 'return (', 'code'],
  ])('[J12] [J13] names the property to look at: %s for %j', async (code, source, property) => {
    const events = await runNodes(
      functionFlow({
        code: source,
        timeout: property === 'timeout' ? 0.3 : 60,
        memory: property === 'memory' ? 2 : 32,
      }),
    )
    expect(errorIn(events)).toMatchObject({ code, nodeId: 'compute', property })
  })

  it('[J15] ends with its run', async () => {
    const controller = new AbortController()
    const events = await runNodes({
      ...functionFlow({ code: 'console.log("started")\nfor (;;) {}', timeout: 60 }),
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'node-log') controller.abort()
      },
    })
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'cancelled' })
    expect(events.filter(({ type }) => type === 'node-error')).toMatchObject([
      { error: { code: 'cancelled' } },
    ])
  })

  it('[J12] lets other runs stream on while it loops', async () => {
    const asked = Promise.withResolvers<ServerResponse>()
    await using provider = await startProvider((response) => asked.resolve(response))
    const controller = new AbortController()
    const started = Promise.withResolvers<void>()
    const looping = runNodes({
      ...functionFlow({ code: 'console.log("started")\nfor (;;) {}', timeout: 60 }),
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'node-log') started.resolve()
      },
    })
    await started.promise
    const arrived = Array.from({ length: 50 }, () => Promise.withResolvers<unknown>())
    let count = 0
    const streaming = runNodes({
      nodes: [
        { id: 'trigger', type: 'chat.trigger' },
        {
          id: 'chat',
          type: 'openai.streamingChatCompletion',
          properties: { connection: 'test', modelId: 'm', userPrompt: 'Hi' },
        },
        { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.index' } } },
      ],
      edges: ['trigger.next > chat', 'chat.forEachMessage > yield'],
      input: { prompt: 'Hi' },
      url: provider.url,
      onEvent: (event) => {
        if (event.type === 'run-yield') arrived[count++]?.resolve(event.value)
      },
    })
    const response = await asked.promise
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    // Each message is sent when the one before it has come out of the run.
    for (const [index, { promise }] of arrived.entries()) {
      response.write(chunkEvent({ content: 'x' }))
      expect(await promise).toBe(index)
    }
    response.end(chunkEvent({}, { finishReason: 'stop' }) + doneEvent)
    await streaming
    controller.abort()
    expect((await looping).at(-1)).toMatchObject({ outcome: 'cancelled' })
  })

  it('needs a sandbox', async () => {
    const events = await runNodes({
      ...functionFlow({ code: 'return 1' }),
      services: fakeServices(),
    })
    expect(errorIn(events)).toMatchObject({
      code: 'internal',
      message: '"Compute" cannot run its code: the services of this run have no sandbox.',
    })
  })
})
