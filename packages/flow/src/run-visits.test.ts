import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent, TraceLevel } from './run-event.ts'
import { visitsAround, visitsOf } from './run-visits.ts'

type Bare = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'seq' | 'at'> : never) : never

/** A run at some trace in which these things happened, one each millisecond from 1. */
function run(trace: TraceLevel, events: readonly Bare[]): readonly RunEvent[] {
  const start: Bare = { type: 'run-start', runId: 'r', flowId: 'f', document: 'hash', trace }
  return [start, ...events].map(
    (event, index) => ({ ...event, seq: index + 1, at: index }) as RunEvent, // what was left out is put back
  )
}

const error = { code: 'flow_failed', message: 'No.', retryable: false } as const
const end = (visit: number): Bare => ({ type: 'node-end', visit })
const inLoop = (visit: number, nodeId: string, parent: number, iteration: number): Bare => ({
  type: 'node-start',
  visit,
  nodeId,
  parent,
  port: 'forEachItem',
  iteration,
})

/** Two rounds of an outer loop, in each of which an inner one goes round twice. */
const loopsInLoops: readonly Bare[] = [
  { type: 'node-start', visit: 1, nodeId: 'outer' },
  { type: 'node-input', visit: 1, values: { items: ['a', 'b'] } },
  ...[1, 2].flatMap((round) => [
    {
      ...inLoop(round * 10, 'inner', 1, round),
      entered: { item: round === 1 ? 'a' : 'b' },
    } as Bare,
    ...[1, 2].flatMap((turn) => [
      { ...inLoop(round * 10 + turn, 'say', round * 10, turn), entered: { number: turn } } as Bare,
      end(round * 10 + turn),
    ]),
    end(round * 10),
  ]),
  end(1),
  { type: 'run-end', outcome: 'completed' },
]

describe('the visits of a run', () => {
  it('hold what a node was given, gave, said and called', () => {
    const events = run('full', [
      { type: 'node-start', visit: 1, nodeId: 'chat' },
      { type: 'node-input', visit: 1, values: { prompt: 'Hi' } },
      { type: 'node-delta', visit: 1, delta: 'He' },
      { type: 'node-call', visit: 1, kind: 'model', attempt: 1, startedAt: 2, ms: 2, request: {} },
      { type: 'node-log', visit: 1, level: 'info', message: 'done' },
      { type: 'node-end', visit: 1, outputs: { response: 'He' } },
    ])
    expect(visitsOf(events).ofNode.get('chat')).toEqual([
      {
        visit: 1,
        nodeId: 'chat',
        parent: undefined,
        port: undefined,
        iteration: undefined,
        status: 'completed',
        startedAt: 1,
        endedAt: 6,
        isDetailed: true,
        input: { prompt: 'Hi' },
        outputs: { response: 'He' },
        variables: undefined,
        error: undefined,
        calls: [
          {
            nodeId: 'chat',
            visit: 1,
            kind: 'model',
            attempt: 1,
            startedAt: 2,
            endedAt: 4,
            usage: null,
            request: {},
          },
        ],
        logs: [events[5]],
        yields: [],
        deltas: [events[3]],
        blocks: new Map(),
      },
    ])
  })

  it('tell nothing from what was not recorded', () => {
    const events: readonly Bare[] = [{ type: 'node-start', visit: 1, nodeId: 'stop' }, end(1)]
    const [detailed] = visitsOf(run('full', events)).all.values()
    expect(detailed).toMatchObject({ isDetailed: true, input: {}, outputs: {} })
    const [summary] = visitsOf(run('summary', events)).all.values()
    expect(summary).toMatchObject({ isDetailed: false, input: undefined, outputs: undefined })
  })

  it('are recorded in full from where the trace was raised', () => {
    const { all } = visitsOf(
      run('summary', [
        { type: 'node-start', visit: 1, nodeId: 'before' },
        end(1),
        { type: 'node-log', level: 'info', message: 'Raised.', data: { trace: 'full' } },
        { type: 'node-start', visit: 2, nodeId: 'after' },
        end(2),
      ]),
    )
    expect([...all.values()].map(({ isDetailed }) => isDetailed)).toEqual([false, true])
  })

  it('know their iterations, and what the blocks of a loop were entered with', () => {
    const { ofNode, all } = visitsOf(run('full', loopsInLoops))
    const paths = ofNode
      .get('say')
      ?.map((visit) => [...visitsAround(visit, all), visit].map(({ iteration }) => iteration))
    expect(paths).toEqual([
      [undefined, 1, 1],
      [undefined, 1, 2],
      [undefined, 2, 1],
      [undefined, 2, 2],
    ])
    expect(all.get(1)?.blocks.get('forEachItem')).toEqual([
      { iteration: 1, startedAt: 3, values: { item: 'a' } },
      { iteration: 2, startedAt: 9, values: { item: 'b' } },
    ])
  })

  it('take the second node of a block for no new run of it', () => {
    const { all } = visitsOf(
      run('full', [
        { type: 'node-start', visit: 1, nodeId: 'loop' },
        inLoop(2, 'first', 1, 1),
        end(2),
        inLoop(3, 'second', 1, 1),
        end(3),
        inLoop(4, 'first', 1, 2),
      ]),
    )
    const runs = all.get(1)?.blocks.get('forEachItem')
    expect(runs?.map(({ iteration, values }) => [iteration, values])).toEqual([
      [1, undefined],
      [2, undefined],
    ])
  })

  it('keep calls and values of a loop whose nodes are not on record', () => {
    const { all, ofNode } = visitsOf(
      run('summary', [
        { type: 'node-start', visit: 1, nodeId: 'loop' },
        { type: 'node-call', visit: 2, kind: 'query', attempt: 1, statement: 'SELECT 1', ms: 1 },
        { type: 'run-yield', visit: 3, value: 'a' },
        end(1),
        { type: 'run-end', outcome: 'completed' },
      ]),
    )
    expect([...ofNode.keys()]).toEqual(['loop'])
    expect(all.get(2)).toMatchObject({ nodeId: undefined, calls: [{ statement: 'SELECT 1' }] })
    expect(all.get(3)?.yields).toHaveLength(1)
  })

  it('place the calls of a resource under its host, and of another flow at its run', () => {
    const { ofNode } = visitsOf(
      run('full', [
        { type: 'node-start', visit: 1, nodeId: 'search' },
        { type: 'node-start', visit: 2, nodeId: 'embedder', parent: 1, port: 'embedder' },
        { type: 'node-call', visit: 2, kind: 'model', attempt: 1, ms: 1 },
        end(2),
        end(1),
        { type: 'node-start', visit: 3, nodeId: 'run_flow' },
        { type: 'node-call', visit: 3, kind: 'flow', attempt: 1, childRunId: 'child', ms: 1 },
      ]),
    )
    expect(ofNode.get('embedder')).toMatchObject([{ parent: 1, port: 'embedder', calls: [{}] }])
    expect(ofNode.get('run_flow')).toMatchObject([{ calls: [{ childRunId: 'child' }] }])
  })

  it('fail, unless a visit around them ended well', () => {
    const failing = (last: Bare) =>
      visitsOf(
        run('full', [
          { type: 'node-start', visit: 1, nodeId: 'try' },
          { type: 'node-start', visit: 2, nodeId: 'if', parent: 1, port: 'try' },
          { type: 'node-start', visit: 3, nodeId: 'throw', parent: 2, port: 'true' },
          { type: 'node-error', visit: 3, error },
          { type: 'node-error', visit: 2, error },
          last,
        ]),
      )
    const statuses = ({ all }: ReturnType<typeof visitsOf>) =>
      [...all.values()].map(({ status }) => status)
    expect(statuses(failing(end(1)))).toEqual(['completed', 'caught', 'caught'])
    expect(statuses(failing({ type: 'node-error', visit: 1, error }))).toEqual([
      'failed',
      'failed',
      'failed',
    ])
  })

  it('say how they were skipped, pinned, stopped, and cut off', () => {
    const { all } = visitsOf(
      run('full', [
        { type: 'node-start', visit: 1, nodeId: 'a' },
        { type: 'node-end', visit: 1, skipped: true },
        { type: 'node-start', visit: 2, nodeId: 'b' },
        { type: 'node-end', visit: 2, pinned: true, outputs: { x: 1 } },
        { type: 'node-start', visit: 3, nodeId: 'c' },
        { type: 'node-error', visit: 3, error: { ...error, code: 'cancelled' } },
        { type: 'node-start', visit: 4, nodeId: 'd' },
        { type: 'run-end', outcome: 'interrupted', lost: true },
      ]),
    )
    expect([...all.values()].map(({ status, outputs }) => [status, outputs])).toEqual([
      ['skipped', undefined],
      ['pinned', { x: 1 }],
      ['cancelled', undefined],
      ['cancelled', undefined],
    ])
  })

  it('are known as far as the events go', () => {
    const events = run('full', loopsInLoops)
    fc.assert(
      fc.property(fc.nat(events.length), (count) => {
        const { all } = visitsOf(events.slice(0, count))
        const begun = events.slice(0, count).filter(({ type }) => type === 'node-start')
        const ended = events.slice(0, count).filter(({ type }) => type === 'node-end')
        expect(all.size).toBe(begun.length)
        expect([...all.values()].filter(({ endedAt }) => endedAt !== undefined)).toHaveLength(
          ended.length,
        )
      }),
    )
  })
})
