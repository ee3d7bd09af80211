import { compile, createFlowCalls, runFlow, type Services } from '@millrace/engine'
import { DrivenClock, fakeServices, lawBreaches } from '@millrace/engine/testing'
import type { FlowNode, FlowVariable, JsonValue, RunEvent } from '@millrace/flow'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nodes } from '../server.ts'
import { chunkEvent } from '../testing/chunks.ts'
import { runNodes, yieldsOf } from '../testing/run-nodes.server.ts'
import { breaksAfter, holdsAfter, startProvider } from '../testing/scripted-provider.server.ts'

afterEach(() => {
  vi.useRealTimers()
})

const trigger = { id: 'trigger', type: 'chat.trigger' }
const prompt = { $ref: 'chatCompletionRequest.prompt' }

function node(id: string, type: string, properties: Readonly<Record<string, JsonValue>> = {}) {
  return { id, type: `flow.${type}`, properties }
}

function say(id: string, value: JsonValue): FlowNode {
  return node(id, 'yieldReturn', { value })
}

/** A condition by an expression. */
function when(expression: string): JsonValue {
  return { $expr: expression }
}

/** Runs a chain that starts with the first node; edges as `runNodes` reads them. */
async function run(
  nodes: readonly FlowNode[],
  edges: readonly string[],
  variables: readonly FlowVariable[] = [],
): Promise<readonly RunEvent[]> {
  return await runNodes({
    nodes: [trigger, ...nodes],
    edges: [`trigger.next > ${nodes[0]?.id ?? ''}`, ...edges],
    variables,
    input: { prompt: 'Hi' },
  })
}

const list: FlowVariable = { name: 'list', type: 'list', value: ['a', 'b', 'c'] }
const count: FlowVariable = { name: 'count', type: 'number', value: 0 }
const addOne = node('add', 'setVariable', { variable: 'count', value: { $expr: 'count + 1' } })

describe('flow.ifElse', () => {
  const cases = (...conditions: readonly JsonValue[]) =>
    node('choose', 'ifElse', {
      cases: conditions.map((condition, index) => ({
        id: `c${index}`,
        name: `Case ${index}`,
        condition,
      })),
    })
  const says = [say('one', 'one'), say('two', 'two'), say('other', 'other'), say('after', 'after')]
  const edges = [
    'choose.case.c0 > one',
    'choose.case.c1 > two',
    'choose.else > other',
    'choose.continue > after',
  ]
  const rows = (right: string) => ({
    match: 'all',
    rows: [{ left: prompt, operator: 'equals', right }],
  })

  it.each([
    ['the first case that holds', [rows('Hi'), when('true')], 'one'],
    ['a later one', [rows('no'), when('chatCompletionRequest.prompt == "Hi"')], 'two'],
    ['Else when none holds', [rows('no'), when('false')], 'other'],
  ])('[K2] runs %s, then goes on', async (_, conditions, said) => {
    expect(yieldsOf(await run([cases(...conditions), ...says], edges))).toEqual([said, 'after'])
  })

  it('[K1] goes on when nothing is connected to the case that holds', async () => {
    const events = await run([cases(when('true')), ...says.slice(3)], edges.slice(3))
    expect(yieldsOf(events)).toEqual(['after'])
  })

  it('[K2] asks no case after the one that holds, and says of which one it could not be asked', async () => {
    const broken = when('int(chatCompletionRequest.prompt) > 1')
    expect(yieldsOf(await run([cases(when('true'), broken), ...says], edges))).toEqual([
      'one',
      'after',
    ])
    expect((await run([cases(broken, when('true')), ...says], edges)).at(-1)).toMatchObject({
      error: {
        code: 'input_invalid',
        nodeId: 'choose',
        property: 'cases',
        message: expect.stringMatching(/^"Cases: Case 0" of "If-Else"/) as string,
      },
    })
  })
})

describe('flow.forEach', () => {
  const each = node('each', 'forEach', { items: { $ref: 'list' }, indexVariable: 'index' })
  const both = say('both', { $text: [{ $ref: 'index' }, ' ', { $ref: 'item' }] })
  const loop = ['each.forEachItem > both', 'each.continue > after']
  const after = say('after', 'after')

  it('[K3] runs one round an item, with the item and its number', async () => {
    expect(yieldsOf(await run([each, both, after], loop, [list]))).toEqual([
      '0 a',
      '1 b',
      '2 c',
      'after',
    ])
  })

  it('[K3] takes the list as it was at the start, whatever is assigned meanwhile', async () => {
    const clear = node('clear', 'setVariable', { variable: 'list', value: [] })
    const events = await run([each, both, clear, after], [...loop, 'both.next > clear'], [list])
    expect(yieldsOf(events)).toEqual(['0 a', '1 b', '2 c', 'after'])
  })

  it('[K3] runs no round for an empty list', async () => {
    const events = await run([each, both, after], loop, [{ ...list, value: [] }])
    expect(yieldsOf(events)).toEqual(['after'])
  })

  it('[K3] fails at its items when they are no list', async () => {
    const any: FlowVariable = { name: 'list', type: 'any', value: 'text' }
    expect((await run([each, both], loop.slice(0, 1), [any])).at(-1)).toMatchObject({
      outcome: 'failed',
      error: { code: 'input_invalid', nodeId: 'each', property: 'items' },
    })
  })

  it('[K3] knows before the run what the items are', async () => {
    const history = { $ref: 'chatCompletionRequest.history' }
    const flow = (path: string) =>
      run(
        [node('each', 'forEach', { items: history }), say('both', { $ref: path })],
        ['each.forEachItem > both'],
      )
    expect((await flow('item.content')).at(-1)).toMatchObject({ outcome: 'completed' })
    await expect(flow('item.text')).rejects.toMatchObject({ code: 'flow_invalid', nodeId: 'both' })
  })

  it('[K3] takes 50,000 items', async () => {
    const many: FlowVariable = { ...list, value: Array.from({ length: 50_000 }, (_, at) => at) }
    const events = await run([each, say('end', 'end')], ['each.continue > end'], [many])
    expect(yieldsOf(events)).toEqual(['end'])
  })
})

describe('flow.while', () => {
  const loop = (most: number) =>
    node('loop', 'while', { condition: when('count < 3'), maximumIterations: most })
  const edges = ['loop.whileTrue > add', 'loop.continue > after']
  const after = say('after', { $ref: 'count' })

  it('[K4] asks before each round, and takes as many as it may', async () => {
    expect(yieldsOf(await run([loop(3), addOne, after], edges, [count]))).toEqual([3])
    expect(yieldsOf(await run([loop(3), addOne, after], edges, [{ ...count, value: 5 }]))).toEqual([
      5,
    ])
  })

  it('[K4] fails at its limit when the condition still holds', async () => {
    expect((await run([loop(2), addOne, after], edges, [count])).at(-1)).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'limit_exceeded',
        nodeId: 'loop',
        property: 'maximumIterations',
        details: { limit: 'maximumIterations', max: 2 },
      },
    })
  })
})

describe('jumps', () => {
  const loop = (jump: string) =>
    run(
      [
        node('each', 'forEach', { items: { $ref: 'list' } }),
        say('before', { $ref: 'item' }),
        node('if', 'if', { condition: when('item == "b"') }),
        node('jump', jump),
        say('behind', 'behind'),
        say('after', 'after'),
      ],
      [
        'each.forEachItem > before',
        'before.next > if',
        'if.true > jump',
        'if.continue > behind',
        'each.continue > after',
      ],
      [list],
    )

  it('[K5] leave the loop, or only the round', async () => {
    expect(yieldsOf(await loop('break'))).toEqual(['a', 'behind', 'b', 'after'])
    expect(yieldsOf(await loop('continue'))).toEqual(['a', 'behind', 'b', 'c', 'behind', 'after'])
  })

  it('[K6] end the flow with what was yielded, and without a result', async () => {
    const events = await loop('yieldBreak')
    expect(yieldsOf(events)).toEqual(['a', 'behind', 'b'])
    expect(events.at(-1)).toMatchObject({ outcome: 'completed', result: null })
  })
})

describe('flow.tryCatch', () => {
  const attempt = node('attempt', 'tryCatch')
  const raise = node('raise', 'throw', { message: { $text: ['No ', prompt] }, details: { id: 7 } })
  const caught = say('caught', { $ref: 'exception' })
  const last = say('last', 'last')
  const after = say('after', 'after')
  const edges = ['attempt.try > raise', 'attempt.finally > last', 'attempt.continue > after']

  it('[K7] [K9] [K10] catches an error with all that is known of it, and runs Finally', async () => {
    const events = await run(
      [attempt, raise, caught, last, after],
      [...edges, 'attempt.catch > caught'],
    )
    expect(yieldsOf(events)).toEqual([
      {
        code: 'flow_failed',
        message: 'No Hi',
        retryable: false,
        nodeId: 'raise',
        property: null,
        details: { id: 7 },
      },
      'last',
      'after',
    ])
    expect(events.at(-1)).toMatchObject({ outcome: 'completed' })
  })

  it('[K8] passes over an error that nothing is connected for', async () => {
    expect(yieldsOf(await run([attempt, raise, last, after], edges))).toEqual(['last', 'after'])
  })

  it('[K9] runs Finally before a return goes on', async () => {
    const events = await run(
      [attempt, node('end', 'return', { value: 1 }), last, after],
      ['attempt.try > end', ...edges.slice(1)],
    )
    expect(yieldsOf(events)).toEqual(['last'])
    expect(events.at(-1)).toMatchObject({ outcome: 'completed', result: 1 })
  })

  it('[K9] ends with an error of Finally, whatever there was before', async () => {
    const other = node('other', 'throw', { message: 'Other.', details: 'text' })
    for (const first of [raise, node('raise', 'return', { value: 1 })]) {
      const events = await run(
        [attempt, first, caught, other],
        ['attempt.try > raise', 'attempt.catch > caught', 'attempt.finally > other'],
      )
      expect(events.at(-1)).toMatchObject({
        outcome: 'failed',
        error: { message: 'Other.', nodeId: 'other', details: { value: 'text' } },
      })
    }
  })

  it('[K8] [K10] throws a caught error again to the Try around it, as it came', async () => {
    const inner = node('inner', 'tryCatch', { exceptionVariable: 'first' })
    const again = node('again', 'throw', { error: 'caught', exception: { $ref: 'first' } })
    const events = await run(
      [attempt, inner, raise, again, last, caught],
      [
        'attempt.try > inner',
        'inner.try > raise',
        'inner.catch > again',
        'inner.finally > last',
        'attempt.catch > caught',
      ],
    )
    expect(yieldsOf(events)).toMatchObject(['last', { nodeId: 'raise', details: { id: 7 } }])
  })

  it('[K10] throws what a flow made up as an error of that flow', async () => {
    const madeUp: FlowVariable = {
      name: 'madeUp',
      type: 'any',
      value: { code: '__proto__', message: 'Made up.', retryable: true, details: {} },
    }
    const again = node('again', 'throw', { error: 'caught', exception: { $ref: 'madeUp' } })
    expect((await run([again], [], [madeUp])).at(-1)).toMatchObject({
      outcome: 'failed',
      error: { code: 'flow_failed', message: 'Made up.', retryable: true, nodeId: 'again' },
    })
  })

  it('[K10] has no caught error outside of a Catch', async () => {
    const again = node('again', 'throw', { error: 'caught', exception: { $ref: 'exception' } })
    const outside = run(
      [attempt, raise, caught, again],
      ['attempt.try > raise', 'attempt.catch > caught', 'attempt.continue > again'],
    )
    await expect(outside).rejects.toMatchObject({
      code: 'flow_invalid',
      nodeId: 'again',
      property: 'exception',
      message: expect.stringContaining('exists only inside a block of "Try"') as string,
    })
  })
})

describe('a stream in control nodes', () => {
  const chat: FlowNode = {
    id: 'chat',
    type: 'openai.streamingChatCompletion',
    properties: { connection: 'test', modelId: 'gpt-4o-mini', userPrompt: prompt },
  }
  const content = { $ref: 'message.content' }

  it('[K7] leaves what was said before it broke to Catch', async () => {
    const pieces = ['Hel', 'lo'].map((part) => chunkEvent({ content: part }))
    await using provider = await startProvider(breaksAfter(...pieces))
    const events = await runNodes({
      nodes: [
        trigger,
        node('attempt', 'tryCatch'),
        chat,
        say('piece', content),
        say('caught', { $ref: 'exception.details.partial' }),
      ],
      edges: [
        'trigger.next > attempt',
        'attempt.try > chat',
        'chat.forEachMessage > piece',
        'attempt.catch > caught',
      ],
      url: provider.url,
      input: { prompt: 'Hi' },
    })
    expect(yieldsOf(events)).toEqual(['Hel', 'lo', 'Hello'])
  })

  it('[K5] stops the model at a Break, and goes on with what came', async () => {
    await using provider = await startProvider(holdsAfter(chunkEvent({ content: 'Hel' })))
    const events = await runNodes({
      nodes: [trigger, chat, node('stop', 'break'), say('said', { $ref: 'response.content' })],
      edges: ['trigger.next > chat', 'chat.forEachMessage > stop', 'chat.continue > said'],
      url: provider.url,
      input: { prompt: 'Hi' },
    })
    expect(yieldsOf(events)).toEqual(['Hel'])
  })

  it('[K13] streams from loops in branches in Try, and into loops, before the model goes on', async () => {
    const said: unknown[] = []
    const isSaid = new Map<string, PromiseWithResolvers<void>>()
    const waitFor = (text: string) => {
      const wait = isSaid.get(text) ?? Promise.withResolvers<void>()
      isSaid.set(text, wait)
      return wait
    }
    // The next message is only sent once the client has all that the last one led to.
    await using provider = await startProvider(async (response, _, number) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const part of ['x', 'y']) {
        response.write(chunkEvent({ content: `${number}${part}` }))
        await waitFor(`${number}${part}2`).promise
      }
      response.end(chunkEvent({}, { finishReason: 'stop' }))
    })
    const events = await runNodes({
      nodes: [
        trigger,
        node('each', 'forEach', { items: [1, 2] }),
        node('if', 'if', { condition: when('true') }),
        node('attempt', 'tryCatch'),
        chat,
        node('inner', 'forEach', { items: [1, 2], loopVariable: 'part' }),
        say('piece', { $text: [content, { $ref: 'part' }] }),
      ],
      edges: [
        'trigger.next > each',
        'each.forEachItem > if',
        'if.true > attempt',
        'attempt.finally > chat',
        'chat.forEachMessage > inner',
        'inner.forEachItem > piece',
      ],
      url: provider.url,
      input: { prompt: 'Hi' },
      onEvent: (event) => {
        if (event.type !== 'run-yield') return
        said.push(event.value)
        waitFor(String(event.value)).resolve()
      },
    })
    expect(said).toEqual(['1x1', '1x2', '1y1', '1y2', '2x1', '2x2', '2y1', '2y2'])
    expect(events.at(-1)).toMatchObject({ outcome: 'completed' })
  })
})

describe('a flow that another one runs', () => {
  it('[E9] [E10] has its finally, however long that takes, before the stopped caller ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const clock = new DrivenClock()
    const called = compile(
      {
        format: 'millrace/flow',
        version: 1,
        id: 'called',
        name: 'Called',
        nodes: [
          node('attempt', 'tryCatch'),
          node('long', 'wait', { duration: 60, unit: 'minutes' }),
          node('clean', 'wait', { duration: 5 }),
          say('last', 'cleaned up'),
        ],
        edges: [
          { from: ['attempt', 'try'], to: 'long' },
          { from: ['attempt', 'finally'], to: 'clean' },
          { from: ['clean', 'next'], to: 'last' },
        ],
      },
      [{ nodes }],
    )
    const services: Services = {
      ...fakeServices({ wait: clock.wait }),
      flows: createFlowCalls({
        planOf: () => Promise.resolve(called),
        newId: () => 'called',
        start: (plan, options) => runFlow(plan, { ...options, services }),
      }),
    }
    const stop = new AbortController()
    const ended = runNodes({
      nodes: [trigger, node('call', 'runFlow', { flow: 'called' })],
      edges: ['trigger.next > call'],
      input: { prompt: 'Hi' },
      services,
      signal: stop.signal,
    })
    await expect.poll(() => clock.waiting).toBe(1)
    stop.abort()
    await expect.poll(() => clock.waiting).toBe(1)
    await vi.advanceTimersByTimeAsync(3000)
    clock.advance(5000)
    const events = await ended
    expect(yieldsOf(events)).toEqual(['cleaned up'])
    expect(events.at(-1)).toMatchObject({ outcome: 'cancelled' })
    expect(lawBreaches(events)).toEqual([])
  })
})

describe('flow.wait', () => {
  it.each([
    ['milliseconds', 2],
    ['seconds', 2000],
    ['minutes', 120_000],
  ])('[K11] waits for 2 %s', async (unit, ms) => {
    const clock = new DrivenClock()
    const ended = runNodes({
      nodes: [trigger, node('wait', 'wait', { duration: 2, unit }), say('after', 'after')],
      edges: ['trigger.next > wait', 'wait.next > after'],
      input: { prompt: 'Hi' },
      services: fakeServices({ now: clock.now, wait: clock.wait }),
    })
    await expect.poll(() => clock.waiting).toBe(1)
    clock.advance(ms - 1)
    expect(clock.waiting).toBe(1)
    clock.advance(1)
    expect(yieldsOf(await ended)).toEqual(['after'])
  })

  it('[K11] ends when the run is stopped', async () => {
    const clock = new DrivenClock()
    const stop = new AbortController()
    const ended = runNodes({
      nodes: [trigger, node('wait', 'wait', { duration: 2 })],
      edges: ['trigger.next > wait'],
      input: { prompt: 'Hi' },
      services: fakeServices({ wait: clock.wait }),
      signal: stop.signal,
    })
    await expect.poll(() => clock.waiting).toBe(1)
    stop.abort()
    expect((await ended).at(-1)).toMatchObject({ outcome: 'cancelled' })
    expect(clock.waiting).toBe(0)
  })
})

describe('flow.setVariable', () => {
  const assign = (value: JsonValue, type: FlowVariable['type']) =>
    run(
      [node('set', 'setVariable', { variable: 'target', value }), say('says', { $ref: 'target' })],
      ['set.next > says'],
      [
        { name: 'target', type },
        { name: 'anything', type: 'any', value: ['a'] },
      ],
    )

  it('[K12] [E15] assigns what fits, numbers as text where that is wanted', async () => {
    expect(yieldsOf(await assign(5, 'text'))).toEqual(['5'])
    expect(yieldsOf(await assign({ $ref: 'anything' }, 'list'))).toEqual([['a']])
  })

  it.each<[string, JsonValue]>([
    ['a fixed value', 'five'],
    ['text', { $text: ['five', prompt] }],
    ['a variable', prompt],
    ['an expression', { $expr: 'chatCompletionRequest.prompt + "!"' }],
  ])('[K12] cannot be run with %s of another type', async (_, value) => {
    await expect(assign(value, 'number')).rejects.toMatchObject({
      code: 'flow_invalid',
      nodeId: 'set',
      property: 'value',
      message: expect.stringContaining('needs number') as string,
    })
  })

  it('[K12] [E15] fails at its value when that turns out to be of another type', async () => {
    expect((await assign({ $ref: 'anything' }, 'number')).at(-1)).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'input_invalid',
        nodeId: 'set',
        property: 'value',
        message:
          'The flow variable "target" holds number, and was given list of text. Change what it is given, or its type in the flow\'s variables.',
      },
    })
  })
})
