import { defineNode, FlowError, type Flow, type JsonValue, type RunEvent } from '@millrace/flow'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { compile } from './compile.ts'
import { implement } from './implement.ts'
import type { RunLimits } from './limits.ts'
import { createMemoryRunLog } from './memory-run-log.ts'
import { runFlow, type Run } from './run-flow.ts'
import { fakeServices } from './testing/fake-services.ts'
import { edges, fixtures, flowOf, node } from './testing/fixture-nodes.ts'
import { eventsOf, lines, start } from './testing/run-fixture.ts'

afterEach(() => {
  vi.useRealTimers()
})

const counting = flowOf(
  [
    node('trigger'),
    node('repeat', { times: 2 }),
    node('say', { value: { $ref: 'item' } }),
    node('say_after', { value: { $ref: 'count' } }),
  ],
  edges('trigger -> repeat', 'repeat.each -> say', 'repeat.continue -> say_after'),
)

describe('the order of a run', () => {
  it('[E1] numbers events from 1 without gaps, starts with run-start and ends with one run-end', async () => {
    const events = await eventsOf(start(counting, { trace: 'full' }))
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events[0]?.type).toBe('run-start')
    expect(events.filter(({ type }) => type === 'run-end')).toHaveLength(1)
    expect(events.at(-1)?.type).toBe('run-end')
  })

  it('[E2] runs a block for each item, then what comes after', async () => {
    const run = start(counting, { trace: 'full' })
    expect(lines(await eventsOf(run)).filter((line) => line !== 'node-input')).toEqual([
      'run-start',
      'start trigger#1',
      'end #1',
      'start repeat#2',
      'start say#3 in 2.each',
      'yield 0',
      'end #3',
      'start say#4 in 2.each',
      'yield 1',
      'end #4',
      'end #2',
      'start say_after#5',
      'yield 2',
      'end #5',
      'run completed',
    ])
  })

  it('[E3] leaves out starts and ends inside loops at trace summary, never the yields', async () => {
    expect(lines(await eventsOf(start(counting)))).toEqual([
      'run-start',
      'start trigger#1',
      'end #1',
      'start repeat#2',
      'yield 0',
      'yield 1',
      'end #2',
      'start say_after#5',
      'yield 2',
      'end #5',
      'run completed',
    ])
  })

  it('refuses an input that the trigger does not take, before anything ran', () => {
    expect(() => start(counting, { input: 'text' })).toThrow(
      expect.objectContaining({ code: 'input_invalid' }),
    )
  })
})

describe('the blocks of a run', () => {
  const nested = flowOf(
    [
      node('repeat', { times: 2 }),
      node('repeat_inner', { times: 1, itemVariable: 'inner' }),
      node('say', { value: { $ref: 'inner' } }),
      node('say_after', { value: 1 }),
    ],
    edges('repeat.each -> repeat_inner', 'repeat_inner.each -> say', 'say -> say_after'),
  )
  const entries = (events: readonly RunEvent[]) =>
    events.flatMap((event) =>
      event.type === 'node-start' ? [[event.nodeId, event.iteration, event.entered]] : [],
    )

  it('[E29] tells the iteration of each node, and the values at the first of its block', async () => {
    expect(entries(await eventsOf(start(nested, { trace: 'full' })))).toEqual([
      ['repeat', undefined, undefined],
      ['repeat_inner', 1, { item: 0 }],
      ['say', 1, { inner: 0 }],
      ['say_after', 1, undefined],
      ['repeat_inner', 2, { item: 1 }],
      ['say', 1, { inner: 0 }],
      ['say_after', 1, undefined],
    ])
  })
})

describe('jumps', () => {
  const jumping = (to: string, rest: readonly string[] = []) =>
    flowOf(
      [
        node('trigger'),
        node('repeat', { times: 3 }),
        node('choose', {
          condition: {
            match: 'all',
            rows: [{ left: { $ref: 'item' }, operator: 'equals', right: 1 }],
          },
        }),
        node('jump', { to, value: { $text: ['at ', { $ref: 'item' }] } }),
        node('say', { value: { $ref: 'item' } }),
        node('say_after', { value: 'after' }),
      ],
      edges(
        'trigger -> repeat',
        'repeat.each -> choose',
        'choose.true -> jump',
        'choose.continue -> say',
        'repeat.continue -> say_after',
        ...rest,
      ),
    )
  const yields = async (flow: Flow) =>
    (await eventsOf(start(flow))).flatMap((event) =>
      event.type === 'run-yield' ? [event.value] : [],
    )

  it('[E4] break leaves the nearest loop and goes on after it', async () => {
    expect(await yields(jumping('break'))).toEqual([0, 'after'])
  })

  it('[E4] continue goes on with the next item', async () => {
    expect(await yields(jumping('continue'))).toEqual([0, 2, 'after'])
  })

  it('[E5] return ends the run with its value, and no further node runs', async () => {
    const run = start(jumping('return'))
    expect(await run.end).toMatchObject({ outcome: 'completed', result: 'at 1' })
    expect(await yields(jumping('return'))).toEqual([0])
  })
})

describe('errors', () => {
  const failing = flowOf(
    [node('trigger'), node('say', { value: 'kept' }), node('jump', { to: 'it' })],
    edges('trigger -> say', 'say -> jump'),
  )

  it('[E6] fails the run with the error of the node, and keeps what was yielded', async () => {
    const events = await eventsOf(start(failing))
    expect(lines(events).slice(-4)).toEqual([
      'end #2',
      'start jump#3',
      'error #3 provider_failed',
      'run failed',
    ])
    expect(events.at(-1)).toMatchObject({ error: { code: 'provider_failed', nodeId: 'jump' } })
    expect(lines(events)).toContain('yield "kept"')
  })

  it('[E6] lets a node that runs the failing block catch the error', async () => {
    const flow = flowOf(
      [
        node('attempt'),
        node('jump', { to: 'it' }),
        node('say', { value: 'caught' }),
        node('say_after', { value: 'on' }),
      ],
      edges('attempt.try -> jump', 'attempt.catch -> say', 'attempt.continue -> say_after'),
    )
    const events = await eventsOf(start(flow))
    expect(lines(events).slice(-6)).toEqual(
      [
        'yield "caught"',
        'end #3',
        'end #1',
        'start say_after#4',
        'yield "on"',
        'end #4',
        'run completed',
      ].slice(-6),
    )
  })

  it('[E22] tells the owner of the process of a defect, once, and the caller only that there was one', async () => {
    const told: unknown[] = []
    const flow = flowOf(
      [node('attempt'), node('jump', { to: 'defect' })],
      edges('attempt.try -> jump'),
    )
    const run = start(flow, { onDefect: (thrown, site) => told.push([thrown, site]) })
    const events = await eventsOf(run)
    expect(told).toEqual([
      [new TypeError('undefined is not a function'), { runId: run.id, nodeId: 'jump' }],
    ])
    expect(JSON.stringify(events)).toContain('"internal"')
    expect(JSON.stringify(events)).not.toContain('undefined is not')
  })

  it.each<[string, unknown, unknown]>([
    ['a function', () => 1, null],
    ['what is not there', undefined, null],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('[E5] returns JSON, also for %s', async (_, value, result) => {
    expect(await giving(value).end).toMatchObject({ outcome: 'completed', result })
  })

  it('[E5] [E22] fails a node that returns what no JSON can be made of', async () => {
    const circle: unknown[] = []
    circle.push(circle)
    for (const value of [circle, 1n]) {
      expect(await giving(value).end).toMatchObject({
        outcome: 'failed',
        error: { code: 'internal', nodeId: 'give' },
      })
    }
  })

  it('[E7] says which property of which node could not be worked out', async () => {
    const flow = flowOf(
      [node('trigger'), node('repeat', { times: { $expr: 'input.n' } })],
      edges('trigger -> repeat'),
    )
    expect(await start(flow, { input: { n: 'many' } }).end).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'input_invalid',
        nodeId: 'repeat',
        property: 'times',
        message: '"Times" of "Repeat" needs number, and got text.',
      },
    })
  })

  it('[E21] starts no run with an input that nests too deep to be recorded', () => {
    const log = createMemoryRunLog()
    const input: unknown = JSON.parse(`{"deep":${'['.repeat(64)}${']'.repeat(64)}}`)
    expect(() => start(counting, { input, log, runId: 'deep' })).toThrow(
      'The input of the run nests deeper than 64 levels.',
    )
  })

  it('[E8] refuses a flow with errors as a whole', () => {
    const broken = flowOf([node('repeat', { times: { $ref: 'nope' } })], [])
    expect(() => start(broken)).toThrow(expect.objectContaining({ code: 'flow_invalid' }))
  })
})

describe('cancellation', () => {
  const waiting = (isDeaf: boolean) =>
    flowOf(
      [
        node('attempt'),
        node('wait', { isDeaf }),
        node('say', { value: 'never' }),
        node('say_after', { value: 'never' }),
      ],
      edges('attempt.try -> wait', 'attempt.catch -> say', 'attempt.continue -> say_after'),
    )

  it('[E9] is no exception: no catch runs, no later node starts', async () => {
    const run = start(waiting(false))
    await new Promise(setImmediate)
    expect(await run.stop('stop')).toMatchObject({ outcome: 'cancelled' })
    expect(lines(await eventsOf(run))).toEqual([
      'run-start',
      'start attempt#1',
      'start wait#2 in 1.try',
      'error #2 cancelled',
      'error #1 cancelled',
      'run cancelled',
    ])
  })

  it('[E10] ends a run over the head of a node that does not give way', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const run = start(waiting(true))
    await new Promise(setImmediate)
    const stopped = run.stop('stop')
    await vi.advanceTimersByTimeAsync(2000)
    expect(await stopped).toMatchObject({ outcome: 'cancelled' })
    expect(lines(await eventsOf(run)).slice(-3)).toEqual([
      'error #2 cancelled',
      'error #1 cancelled',
      'run cancelled',
    ])
  })

  it('[E11] fails a run that takes longer than its time limit, with a typed error', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const run = start({ ...waiting(false), settings: { timeoutSeconds: 5 } })
    await vi.advanceTimersByTimeAsync(5000)
    expect(await run.end).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } })
  })

  it('[E11] takes another time limit than the one of the flow when it is given one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const run = start(
      { ...waiting(false), settings: { timeoutSeconds: 5 } },
      { limits: { seconds: 60 } },
    )
    await vi.advanceTimersByTimeAsync(59_000)
    const order: string[] = []
    void run.end.then(() => order.push('end'))
    await vi.advanceTimersByTimeAsync(0)
    order.push('59 seconds')
    await vi.advanceTimersByTimeAsync(1000)
    expect(await run.end).toMatchObject({ error: { code: 'timeout', details: { max: 60 } } })
    expect(order).toEqual(['59 seconds', 'end'])
  })

  it('[E12] marks runs that a shutdown ended as interrupted, and the first reason counts', async () => {
    const run = start(waiting(false))
    void run.stop('shutdown')
    expect(await run.stop('stop')).toMatchObject({ outcome: 'interrupted' })
  })

  it('[E12] has one terminal event however stop and completion race', async () => {
    for (let delay = 0; delay < 40; delay += 1) {
      const run = start(counting)
      for (let turn = 0; turn < delay; turn += 1) await Promise.resolve()
      await run.stop('stop')
      const events = await eventsOf(run)
      expect(events.filter(({ type }) => type === 'run-end')).toHaveLength(1)
      expect(events.at(-1)?.type).toBe('run-end')
    }
  })

  it('stops when the signal of its caller is aborted', async () => {
    const caller = new AbortController()
    const run = start(waiting(false), { signal: caller.signal })
    caller.abort()
    expect(await run.end).toMatchObject({ outcome: 'cancelled' })
  })
})

describe('disabled nodes', () => {
  it('[E13] are skipped: empty outputs, no block, and the flow goes on', async () => {
    const flow = flowOf(
      [
        node('repeat', { times: 2 }, { disabled: true }),
        node('say', { value: 'never' }),
        node('say_after', { value: { $ref: 'count' } }),
      ],
      edges('repeat.each -> say', 'repeat.continue -> say_after'),
    )
    expect(lines(await eventsOf(start(flow)))).toEqual([
      'run-start',
      'start repeat#1',
      'end #1 skipped',
      'start say_after#2',
      'yield 0',
      'end #2',
      'run completed',
    ])
  })
})

describe('limits', () => {
  const limited = (limits: Partial<RunLimits>) =>
    start(
      {
        ...counting,
        nodes: counting.nodes.map((one) =>
          one.id === 'repeat' ? node('repeat', { times: 1000 }) : one,
        ),
      },
      { limits },
    )

  it('[E14] ends a run that starts and yields too much, with what it yielded until then', async () => {
    const run = limited({ steps: 20 })
    expect(await run.end).toMatchObject({
      outcome: 'failed',
      error: { code: 'limit_exceeded', details: { limit: 'steps', max: 20 } },
    })
  })

  it('[E14] does not count trace events', async () => {
    const yields = async (trace: 'summary' | 'full') => {
      const plan = compile(counting, fixtures)
      const run = runFlow(plan, {
        input: {},
        services: fakeServices(),
        trace,
        limits: { steps: 7 },
      })
      return (await run.end).outcome
    }
    expect([await yields('summary'), await yields('full')]).toEqual(['completed', 'completed'])
  })

  it('[E14] ends a run that yields too many characters', async () => {
    const run = start(counting, { limits: { yielded: 1 } })
    expect(await run.end).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'yielded' } },
    })
  })
})

describe('variables', () => {
  const assigning = flowOf(
    [
      node('assign', { variable: 'total', value: { $expr: 'total + 2' }, text: 'streamed' }),
      node('say', { value: { $ref: 'total' } }),
    ],
    edges('assign -> say'),
    { variables: [{ name: 'total', type: 'number', value: 40 }] },
  )

  it('[E15] of the flow start with their value in every run, and can be assigned', async () => {
    const plan = compile(assigning, fixtures)
    for (let time = 0; time < 2; time += 1) {
      const run = runFlow(plan, { input: {}, services: fakeServices() })
      expect(lines(await eventsOf(run))).toContain('yield 42')
    }
  })

  it('[E16] sums the usage of all model calls at the end', async () => {
    expect(await start(assigning).end).toMatchObject({
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    })
  })

  it('[E17] shows inputs, deltas and requests at trace full only', async () => {
    const details = (events: readonly RunEvent[]) =>
      events.filter(({ type }) => type === 'node-input' || type === 'node-delta').length
    expect(details(await eventsOf(start(assigning)))).toBe(0)
    const events = await eventsOf(start(assigning, { trace: 'full' }))
    expect(details(events)).toBe(3)
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'node-call', request: { secretless: true } }),
    )
  })

  it('[E17] lets out held back details when a run with trace fullOnFailure fails', async () => {
    const failing = {
      ...assigning,
      nodes: [...assigning.nodes, node('jump', { to: 'it' })],
      edges: [...assigning.edges, ...edges('say -> jump')],
    }
    const types = async (flow: Flow) =>
      (await eventsOf(start(flow, { trace: 'fullOnFailure' }))).map(({ type }) => type)
    expect(await types(assigning)).not.toContain('node-delta')
    expect(await types(failing)).toContain('node-delta')
  })

  it('[E17] records everything from the moment the trace is raised, and logs who asked', async () => {
    const run = start(flowOf([node('wait')], []))
    run.raiseTrace('the operator')
    await run.stop('stop')
    expect(await eventsOf(run)).toContainEqual(
      expect.objectContaining({
        type: 'node-log',
        message: expect.stringContaining('the operator') as string,
      }),
    )
  })
})

describe('resources', () => {
  const withReducer = (keep: JsonValue) =>
    flowOf(
      [
        node('repeat', { times: 1 }),
        node('reducer', { keep }),
        node('say', { value: { $ref: 'count' } }),
      ],
      edges('repeat.continue -> say'),
      {
        attachments: [{ host: ['repeat', 'reducer'], resource: 'reducer' }],
        variables: [{ name: 'text', type: 'any', value: 'three' }],
      },
    )

  it('[E18] are visits of their own for each call, under the visit of their host', async () => {
    const events = await eventsOf(start(withReducer(3)))
    expect(lines(events)).toEqual([
      'run-start',
      'start repeat#1',
      'start reducer#2 in 1.reducer',
      'node-log',
      'end #2',
      'end #1',
      'start say#3',
      'yield 4',
      'end #3',
      'run completed',
    ])
    expect(events.find(({ type }) => type === 'node-log')).toMatchObject({ visit: 2 })
  })

  it('[E18] fail in their own name, and their host with them', async () => {
    const events = await eventsOf(start(withReducer(0)))
    expect(lines(events)).toEqual([
      'run-start',
      'start repeat#1',
      'start reducer#2 in 1.reducer',
      'error #2 provider_failed',
      'error #1 provider_failed',
      'run failed',
    ])
    expect(events.at(-1)).toMatchObject({ error: { nodeId: 'reducer' } })
  })

  it('[E18] are a visit that failed when they cannot be made', async () => {
    const events = await eventsOf(start(withReducer({ $ref: 'text' })))
    expect(lines(events)).toEqual([
      'run-start',
      'start repeat#1',
      'start reducer#2 in 1.reducer',
      'error #2 input_invalid',
      'error #1 input_invalid',
      'run failed',
    ])
    expect(events.at(-1)).toMatchObject({ error: { nodeId: 'reducer', property: 'keep' } })
  })

  it('[E18] tell at trace full what they were made with', async () => {
    const events = await eventsOf(start(withReducer(3), { trace: 'full' }))
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'node-input', visit: 2, values: { keep: 3 } }),
    )
  })
})

describe('a disabled resource', () => {
  it('[E18] is as if it were not attached, whatever is wrong with it', async () => {
    const flow = flowOf(
      [
        node('repeat', { times: 1 }),
        node('reducer', { keep: { $ref: 'nope' } }, { disabled: true }),
        node('say', { value: { $ref: 'count' } }),
      ],
      edges('repeat.continue -> say'),
      { attachments: [{ host: ['repeat', 'reducer'], resource: 'reducer' }] },
    )
    expect(lines(await eventsOf(start(flow)))).toContain('yield 1')
  })
})

describe('a pinned node', () => {
  const flow = flowOf(
    [
      node('repeat', { times: 3 }),
      node('say', { value: 'inside' }),
      node('say_after', { value: { $ref: 'count' } }),
    ],
    edges('repeat.each -> say', 'repeat.continue -> say_after'),
  )
  const pinned = (count: unknown) => new Map([['repeat', () => ({ outputs: { count } })]])

  it('[E24] has the outputs that it was given, and neither it nor its blocks run', async () => {
    const events = await eventsOf(start(flow, { pinned: pinned(7), trace: 'full' }))
    expect(events.filter(({ type }) => type === 'run-yield')).toEqual([
      expect.objectContaining({ value: 7 }),
    ])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'node-end', pinned: true, outputs: { count: 7 } }),
    )
  })

  it('[E28] is named when the run starts, as is until where the run goes and what it goes on from', async () => {
    const again = { runId: 'earlier', from: 'say_after' }
    const events = await eventsOf(start(flow, { pinned: pinned(7), until: 'say_after', again }))
    expect(events[0]).toMatchObject({
      type: 'run-start',
      pinned: ['repeat'],
      until: 'say_after',
      again,
    })
  })

  it('[E24] fails when what it was given is of another type', async () => {
    const events = await eventsOf(start(flow, { pinned: pinned('seven') }))
    expect(events.at(-1)).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'input_invalid',
        nodeId: 'repeat',
        message:
          'The pinned output "count" of "Repeat" is no number. Give it a value of this type.',
      },
    })
  })
})

describe('isolation', () => {
  it('[E19] keeps the values of two runs of one plan apart', async () => {
    const plan = compile(
      flowOf(
        [
          node('trigger'),
          node('repeat', { times: 3 }),
          node('say', { value: { $ref: 'input.name' } }),
        ],
        edges('trigger -> repeat', 'repeat.each -> say'),
      ),
      fixtures,
    )
    const services = fakeServices()
    const runs = ['a', 'b', 'c'].map((name) =>
      runFlow(plan, { input: { name }, services, log: createMemoryRunLog() }),
    )
    const yields = await Promise.all(
      runs.map(async (run) =>
        (await eventsOf(run)).flatMap((event) => (event.type === 'run-yield' ? [event.value] : [])),
      ),
    )
    expect(yields).toEqual(['a', 'b', 'c'].map((name) => [name, name, name]))
  })

  it('[C2] [E19] freezes the plan', () => {
    const plan = compile(counting, fixtures)
    expect(Object.isFrozen(plan.block.steps[0]?.properties)).toBe(true)
  })

  it('[E20] appends all events of one turn together', async () => {
    const log = createMemoryRunLog()
    const batches: number[] = []
    const run = start(counting, { log })
    log.listen(run.id, (batch) => batches.push(batch.length))
    await run.end
    expect(batches).toHaveLength(1)
  })
})

describe('a run of a program', () => {
  const returning = flowOf(
    [
      node('trigger'),
      node('repeat', { times: 2 }),
      node('say', { value: { $ref: 'item' } }),
      node('jump', { to: 'return', value: 'done' }),
    ],
    edges('trigger -> repeat', 'repeat.each -> say', 'repeat.continue -> jump'),
  )
  const failing = flowOf(
    [node('trigger'), node('say', { value: 'first' }), node('jump', { to: 'fail' })],
    edges('trigger -> say', 'say -> jump'),
  )

  it('gives what it yields, and its result, with nothing but a plan and an input', async () => {
    const run = runFlow(compile(returning, fixtures), { input: {} })
    const values: unknown[] = []
    for await (const value of run.values()) values.push(value)
    expect(values).toEqual([0, 1])
    expect(await run.result()).toBe('done')
    expect(run.id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('throws what it failed with, after what it yielded', async () => {
    const run = start(failing)
    const values: unknown[] = []
    const failure = (async () => {
      for await (const value of run.values()) values.push(value)
    })()
    await expect(failure).rejects.toMatchObject({ code: 'provider_failed', nodeId: 'jump' })
    await expect(run.result()).rejects.toBeInstanceOf(FlowError)
    expect(values).toEqual(['first'])
  })

  it('says of a run that was stopped that it was', async () => {
    const run = start(returning, { signal: AbortSignal.abort() })
    await expect(run.result()).rejects.toMatchObject({ code: 'cancelled' })
  })
})

/** A run of a node that returns a value, whatever it is. */
function giving(value: unknown): Run {
  const give = implement(
    defineNode({
      type: 'test.give',
      version: 1,
      kind: 'action',
      title: 'Give',
      system: 'Test',
      category: 'control',
      icon: 'test',
      description: 'Returns a value.',
      exec: { in: true, out: {} },
      properties: {},
    }),
    () => ({ end: { kind: 'return', value } }),
  )
  const flow = flowOf([{ id: 'give', type: 'test.give' }], [])
  return runFlow(compile(flow, [{ nodes: [give] }]), { services: fakeServices() })
}
