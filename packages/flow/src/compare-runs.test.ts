import { describe, expect, it } from 'vitest'
import { compareRuns } from './compare-runs.ts'
import type { RunEvent } from './run-event.ts'

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'> & { readonly at?: number }
    : never
  : never

/** The events of a run, numbered, each 10 ms after the one before. */
function logOf(...drafts: readonly Draft[]): readonly RunEvent[] {
  return drafts.map(
    (draft, index) => ({ at: 1000 + index * 10, ...draft, seq: index + 1 }) as RunEvent,
  )
}

const usage = { inputTokens: 4, outputTokens: 2, totalTokens: 6 }

function start(document = 'hash', input: unknown = { prompt: 'Why?' }): Draft {
  return { type: 'run-start', runId: 'r', flowId: 'f', document, trace: 'full', input }
}

function visit(
  number: number,
  nodeId: string,
  outputs: Readonly<Record<string, unknown>>,
): Draft[] {
  return [
    { type: 'node-start', visit: number, nodeId },
    { type: 'node-end', visit: number, outputs },
  ]
}

const completed: Draft = { type: 'run-end', outcome: 'completed', result: null, usage }

describe('two runs', () => {
  it('that did the same differ in nothing, whatever their times were', () => {
    const left = logOf(start(), ...visit(1, 'search', { hits: [1] }), completed)
    const right = left.map((event) => ({ ...event, at: event.at * 2 }))
    const compared = compareRuns(left, right)
    expect(compared).toMatchObject({ input: undefined, yields: undefined, result: undefined })
    expect(compared.nodes).toEqual([
      {
        nodeId: 'search',
        left: { status: 'completed', visits: 1, ms: 10, usage: null },
        right: { status: 'completed', visits: 1, ms: 20, usage: null },
        differsIn: [],
        outputs: undefined,
      },
    ])
  })

  it('differ in what a node gave, at its first visit and place that do', () => {
    const left = logOf(start(), ...visit(1, 'a', { n: 1 }), ...visit(2, 'a', { n: 2 }), completed)
    const right = logOf(start(), ...visit(1, 'a', { n: 1 }), ...visit(2, 'a', { n: 3 }), completed)
    expect(compareRuns(left, right).nodes[0]).toMatchObject({
      differsIn: ['outputs'],
      outputs: { visit: 2, path: ['n'], left: 2, right: 3 },
    })
  })

  it('differ in how often a node ran, how it ended, and whether it ran at all', () => {
    const error = { code: 'internal', message: 'No.', retryable: false } as const
    const left = logOf(start(), ...visit(1, 'a', {}), ...visit(2, 'b', {}), completed)
    const right = logOf(
      start(),
      ...visit(1, 'a', {}),
      ...visit(2, 'a', {}),
      { type: 'node-start', visit: 3, nodeId: 'c' },
      { type: 'node-error', visit: 3, error },
      { type: 'run-end', outcome: 'failed', error, usage: null },
    )
    const compared = compareRuns(left, right)
    expect(compared.nodes.map(({ nodeId, differsIn }) => [nodeId, differsIn])).toEqual([
      ['a', ['visits']],
      ['b', ['presence']],
      ['c', ['presence']],
    ])
    expect([compared.left.outcome, compared.right.outcome]).toEqual(['completed', 'failed'])
  })

  it('differ in their documents, inputs and yields', () => {
    const compared = compareRuns(
      logOf(start('one'), { type: 'run-yield', visit: 1, value: 'Hello' }, completed),
      logOf(
        start('two', { prompt: 'How?' }),
        { type: 'run-yield', visit: 1, value: 'Hello' },
        { type: 'run-yield', visit: 1, value: '!' },
        completed,
      ),
    )
    expect([compared.left.document, compared.right.document]).toEqual(['one', 'two'])
    expect(compared.input).toEqual({ path: ['prompt'], left: 'Why?', right: 'How?' })
    expect(compared.yields).toEqual({ path: [1], left: undefined, right: '!' })
  })

  it('are compared in what both recorded: no outputs are no difference', () => {
    const bare: Draft[] = [
      { type: 'node-start', visit: 1, nodeId: 'a' },
      { type: 'node-end', visit: 1 },
    ]
    const compared = compareRuns(
      logOf(start(), ...visit(1, 'a', { n: 1 }), completed),
      logOf({ ...start(), trace: 'summary' } as Draft, ...bare, completed),
    )
    expect(compared.nodes[0]?.differsIn).toEqual([])
  })

  it('sum up the time and the tokens of all visits of a node', () => {
    const call: Draft = { type: 'node-call', visit: 1, kind: 'model', attempt: 1, usage }
    const log = logOf(
      start(),
      { type: 'node-start', visit: 1, nodeId: 'model' },
      call,
      { type: 'node-end', visit: 1, outputs: {} },
      ...visit(2, 'model', {}),
      completed,
    )
    expect(compareRuns(log, log).nodes[0]?.left).toEqual({
      status: 'completed',
      visits: 2,
      ms: 30,
      usage,
    })
  })
})
