import { describe, expect, it } from 'vitest'
import type { Flow } from './flow.ts'
import type { RunEvent } from './run-event.ts'
import { takeOver, type TakeOver } from './take-over.ts'
import { fixtureRegistry as registry } from './testing/fixture-registry.ts'
import { flowOf, node } from './testing/flow-of.ts'

/** Two reads, one of which uses the other; a choice; and a loop, whose node sends what it is given. */
function shop(first: string = 'a'): Flow {
  return flowOf({
    nodes: [
      node('trigger', 'request'),
      node('one', 'read', { list: [first], resultVariable: 'first', as: 'text' }),
      node('two', 'read', { list: { $ref: 'first' }, resultVariable: 'second', as: 'text' }),
      node('if', 'if', { condition: { match: 'all', rows: [] } }),
      node('inside', 'read', { list: ['b'], resultVariable: 'third', as: 'text' }),
      node('sent', 'yield', { value: { $ref: 'third' } }),
      node('each', 'each', { items: ['x'] }),
      node('loop', 'yield', { value: { $ref: 'item' } }),
      node('last', 'yield', { value: { $ref: 'second' } }),
    ],
    lines: [
      'trigger.next -> one',
      'one.next -> two',
      'two.next -> if',
      'if.true -> inside',
      'inside.next -> sent',
      'if.continue -> each',
      'each.item -> loop',
      'each.continue -> last',
    ],
  })
}

type Draft = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'seq' | 'at'> : never) : never

/** A log in which each node ended with these outputs, in this order. */
function logOf(ended: Readonly<Record<string, Draft[]>>, trace: 'full' | 'summary' = 'full') {
  const start: Draft = { type: 'run-start', runId: 'r', flowId: 'test', document: 'h', trace }
  return [start, ...Object.values(ended).flat()].map(
    (draft, index) => ({ ...draft, seq: index + 1, at: 0 }) as RunEvent, // a draft with its number
  )
}

let visits = 0
function visit(nodeId: string, outputs?: Readonly<Record<string, unknown>>): Draft[] {
  visits += 1
  return [
    { type: 'node-start', visit: visits, nodeId },
    { type: 'node-end', visit: visits, ...(outputs === undefined ? {} : { outputs }) },
  ]
}

const whole = () => ({
  one: visit('one', { first: 'A' }),
  two: visit('two', { second: 'B' }),
  if: visit('if'),
  inside: visit('inside', { third: 'C' }),
  sent: visit('sent'),
  each: visit('each'),
  last: visit('last'),
})

function taken(
  from: string,
  log: Readonly<Record<string, Draft[]>> = whole(),
  flow: Flow = shop(),
): TakeOver {
  return takeOver({ flow: shop(), events: logOf(log) }, flow, { registry, from })
}

describe('what a run from a node takes over', () => {
  it('is what ended before it, a node with its blocks as one', () => {
    expect(taken('last')).toEqual({
      from: 'last',
      pinned: {
        one: { outputs: { result: 'A' } },
        two: { outputs: { result: 'B' } },
        if: { outputs: {} },
        each: { outputs: {} },
      },
      rerun: [],
    })
  })

  it('is also what ended before it in the block that it is in', () => {
    const { from, pinned, rerun } = taken('sent')
    expect({ from, pinned: Object.keys(pinned), rerun }).toEqual({
      from: 'sent',
      pinned: ['one', 'two', 'inside'],
      rerun: [],
    })
  })

  it('ends at the node whose loop it is in, which runs as a whole', () => {
    const { from, pinned } = taken('loop')
    expect({ from, pinned: Object.keys(pinned) }).toEqual({
      from: 'each',
      pinned: ['one', 'two', 'if'],
    })
  })

  it('goes by the key of an output, whatever its variable is called now', () => {
    const flow = shop()
    const nodes = flow.nodes.map((one) =>
      one.id === 'two'
        ? { ...one, properties: { ...one.properties, resultVariable: 'renamed' } }
        : one.id === 'last'
          ? { ...one, properties: { value: { $ref: 'renamed' } } }
          : one,
    )
    expect(taken('if', whole(), { ...flow, nodes }).pinned['two']).toEqual({
      outputs: { result: 'B' },
    })
  })

  it('has the flow variables that were set on the way', () => {
    const variables = [{ name: 'seen', type: 'text', value: '' }] as const
    const flow: Flow = { ...shop(), variables: [...variables] }
    const start = { type: 'node-start', visit: 900, nodeId: 'one' } as const
    const end = { type: 'node-end', visit: 900, outputs: { first: 'A' }, variables: { seen: 'x' } }
    const events = logOf({ one: [start, end as Draft] })
    const { pinned } = takeOver({ flow, events }, flow, { registry, from: 'two' })
    expect(pinned['one']).toEqual({ outputs: { result: 'A' }, variables: { seen: 'x' } })
  })
})

describe('what runs again before the node', () => {
  it('is a node that was changed, and those that use what it gives', () => {
    expect(taken('if', whole(), shop('other')).rerun).toEqual([
      { nodeId: 'one', reason: 'changed' },
      { nodeId: 'two', reason: 'usesRerun' },
    ])
  })

  it('is what failed, and what the run did not come to', () => {
    const error = { code: 'internal', message: 'Broken.', retryable: false } as const
    const failed: Draft[] = [
      { type: 'node-start', visit: 901, nodeId: 'two' },
      { type: 'node-error', visit: 901, error },
    ]
    expect(taken('each', { one: visit('one', { first: 'A' }), two: failed }).rerun).toEqual([
      { nodeId: 'two', reason: 'failed' },
      { nodeId: 'if', reason: 'notReached' },
    ])
  })

  it('is what gave something that was not recorded', () => {
    const log = { one: visit('one'), two: visit('two', { second: 'B' }) }
    expect(taken('if', log).rerun).toEqual([
      { nodeId: 'one', reason: 'notRecorded' },
      { nodeId: 'two', reason: 'usesRerun' },
    ])
  })

  it('is what was in the middle of its work when the run was stopped', () => {
    const log = { one: visit('one', { first: 'A' }), two: visit('two').slice(0, 1) }
    expect(taken('if', log).rerun).toEqual([{ nodeId: 'two', reason: 'notEnded' }])
  })
})

it('refuses a node that the start does not lead to', () => {
  expect(() => taken('nowhere')).toThrow(expect.objectContaining({ code: 'input_invalid' }))
})
