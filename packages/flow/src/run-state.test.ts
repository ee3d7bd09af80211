import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from './run-event.ts'
import { clientView } from './run-view.ts'
import { applyEvent, applyEvents, initialRunState } from './run-state.ts'

/** An event without its number and time, which `numbered` gives. */
type Bare = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'seq' | 'at'> : never) : never

function numbered(events: readonly Bare[]): readonly RunEvent[] {
  // What was taken out of the type is put back in.
  return events.map((event, index) => ({ ...event, seq: index + 1, at: 1000 + index }) as RunEvent)
}

const start: Bare = {
  type: 'run-start',
  runId: 'run',
  flowId: 'flow',
  document: 'hash',
  trace: 'full',
  input: { prompt: 'Hi' },
}

const whole = numbered([
  start,
  { type: 'node-start', visit: 1, nodeId: 'chat' },
  { type: 'node-input', visit: 1, values: { prompt: 'Hi' } },
  { type: 'node-delta', visit: 1, delta: 'He' },
  { type: 'node-start', visit: 2, nodeId: 'send', parent: 1, port: 'forEachMessage' },
  { type: 'run-yield', visit: 2, value: 'He' },
  { type: 'node-end', visit: 2 },
  { type: 'node-delta', visit: 1, delta: 'llo' },
  { type: 'node-start', visit: 3, nodeId: 'send', parent: 1, port: 'forEachMessage' },
  { type: 'run-yield', visit: 3, value: 'llo' },
  { type: 'node-end', visit: 3 },
  {
    type: 'node-call',
    visit: 1,
    kind: 'model',
    attempt: 1,
    startedAt: 1002,
    ms: 9,
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    model: 'm-1',
    finishReason: 'stop',
  },
  { type: 'node-log', visit: 1, level: 'info', message: 'done' },
  { type: 'node-end', visit: 1, outputs: { response: { content: 'Hello' } } },
  {
    type: 'run-end',
    outcome: 'completed',
    result: 'Hello',
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  },
])

function stateOf(events: readonly Bare[]) {
  return applyEvents(initialRunState, numbered(events))
}

describe('the state of a run', () => {
  it('is what its events tell', () => {
    expect(applyEvents(initialRunState, whole)).toMatchInlineSnapshot(`
      {
        "again": undefined,
        "calls": [
          {
            "attempt": 1,
            "endedAt": 1011,
            "finishReason": "stop",
            "kind": "model",
            "model": "m-1",
            "nodeId": "chat",
            "request": undefined,
            "startedAt": 1002,
            "usage": {
              "inputTokens": 1,
              "outputTokens": 2,
              "totalTokens": 3,
            },
            "visit": 1,
          },
        ],
        "endedAt": 1014,
        "error": undefined,
        "firstYieldAt": 1005,
        "flowId": "flow",
        "heardAt": 1003,
        "nodes": Map {
          "chat" => {
            "deltas": 2,
            "endedAt": 1013,
            "error": undefined,
            "input": {
              "prompt": "Hi",
            },
            "lastVisit": 1,
            "nodeId": "chat",
            "outputs": {
              "response": {
                "content": "Hello",
              },
            },
            "parent": undefined,
            "startedAt": 1001,
            "status": "completed",
            "text": "Hello",
            "usage": {
              "inputTokens": 1,
              "outputTokens": 2,
              "totalTokens": 3,
            },
            "variables": undefined,
            "visits": 1,
          },
          "send" => {
            "deltas": 0,
            "endedAt": 1010,
            "error": undefined,
            "input": undefined,
            "lastVisit": 3,
            "nodeId": "send",
            "outputs": undefined,
            "parent": 1,
            "startedAt": 1008,
            "status": "completed",
            "text": "",
            "usage": null,
            "variables": undefined,
            "visits": 2,
          },
        },
        "result": "Hello",
        "runId": "run",
        "seq": 15,
        "startedAt": 1000,
        "status": "completed",
        "stoppedBehind": undefined,
        "until": undefined,
        "usage": {
          "inputTokens": 1,
          "outputTokens": 2,
          "totalTokens": 3,
        },
        "visits": Map {
          1 => "chat",
          2 => "send",
          3 => "send",
        },
        "yields": [
          "He",
          "llo",
        ],
      }
    `)
  })

  it('is the same one event at a time, in any batches, and with events that come twice', () => {
    const expected = applyEvents(initialRunState, whole)
    expect(whole.reduce(applyEvent, initialRunState)).toEqual(expected)
    fc.assert(
      fc.property(fc.array(fc.nat({ max: whole.length })), (cuts) => {
        // Each batch may begin before the last one ended, as after a reconnect.
        const batches = [...cuts.toSorted((left, right) => left - right), whole.length].map(
          (end, index) => whole.slice(Math.max(0, end - index - 2), end),
        )
        const state = [whole.slice(0, Math.min(...cuts, whole.length)), ...batches]
        let reached = initialRunState
        for (const batch of state) {
          const [first] = batch
          if (first !== undefined && first.seq > reached.seq + 1) {
            reached = applyEvents(reached, whole.slice(reached.seq, first.seq - 1))
          }
          reached = applyEvents(reached, batch)
        }
        expect(reached).toEqual(expected)
      }),
    )
  })

  it('leaves the state before it as it was', () => {
    const before = applyEvents(initialRunState, whole.slice(0, 5))
    const copy = structuredClone(before)
    applyEvents(before, whole.slice(5))
    expect(before).toEqual(copy)
    expect(initialRunState.nodes.size).toBe(0)
  })

  it('counts a failure as caught once a node around it has ended well', () => {
    const failure = { code: 'provider_failed', message: 'No.', retryable: false } as const
    const events: readonly Bare[] = [
      start,
      { type: 'node-start', visit: 1, nodeId: 'try' },
      { type: 'node-start', visit: 2, nodeId: 'loop', parent: 1, port: 'try' },
      { type: 'node-start', visit: 3, nodeId: 'call', parent: 2, port: 'forEachItem' },
      { type: 'node-error', visit: 3, error: failure },
      { type: 'node-error', visit: 2, error: failure },
      { type: 'node-start', visit: 4, nodeId: 'log', parent: 1, port: 'catch' },
      { type: 'node-end', visit: 4 },
    ]
    const statusesOf = (more: readonly Bare[]) =>
      [...stateOf([...events, ...more]).nodes.values()].map(({ status }) => status)
    expect(statusesOf([])).toEqual(['running', 'failed', 'failed', 'completed'])
    expect(statusesOf([{ type: 'node-end', visit: 1 }])).toEqual([
      'completed',
      'caught',
      'caught',
      'completed',
    ])
    expect(statusesOf([{ type: 'node-error', visit: 1, error: failure }])).toEqual([
      'failed',
      'failed',
      'failed',
      'completed',
    ])
  })

  it('says which nodes failed, were skipped, or were cancelled', () => {
    const failure = { code: 'provider_failed', message: 'No.', retryable: false } as const
    const { nodes } = stateOf([
      start,
      { type: 'node-start', visit: 1, nodeId: 'failed' },
      { type: 'node-error', visit: 1, error: failure },
      { type: 'node-start', visit: 2, nodeId: 'skipped' },
      { type: 'node-end', visit: 2, skipped: true },
      { type: 'node-start', visit: 3, nodeId: 'cancelled' },
      { type: 'node-error', visit: 3, error: { ...failure, code: 'cancelled' } },
      { type: 'node-start', visit: 4, nodeId: 'running' },
    ])
    expect([...nodes.values()].map(({ nodeId, status }) => `${nodeId} ${status}`)).toEqual([
      'failed failed',
      'skipped skipped',
      'cancelled cancelled',
      'running running',
    ])
    expect(nodes.get('failed')?.error).toEqual(failure)
  })

  it('lets nothing run on after the end, also when the end of the log was lost', () => {
    const state = stateOf([
      start,
      { type: 'node-start', visit: 1, nodeId: 'open' },
      { type: 'run-end', outcome: 'interrupted', lost: true },
    ])
    expect(state.status).toBe('interrupted')
    expect(state.nodes.get('open')).toMatchObject({ status: 'cancelled', endedAt: 1002 })
  })

  it('shows the last visit of a node, and the usage of all of them', () => {
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 }
    const { nodes } = stateOf([
      start,
      { type: 'node-start', visit: 1, nodeId: 'a' },
      { type: 'node-call', visit: 1, kind: 'model', attempt: 1, usage },
      { type: 'node-delta', visit: 1, delta: 'first' },
      { type: 'node-start', visit: 2, nodeId: 'a' },
      { type: 'node-end', visit: 1 },
      { type: 'node-call', visit: 2, kind: 'model', attempt: 1, usage },
      { type: 'node-delta', visit: 2, delta: 'second' },
    ])
    expect(nodes.get('a')).toMatchObject({
      status: 'running',
      visits: 2,
      lastVisit: 2,
      text: 'second',
      deltas: 1,
      usage: { inputTokens: 2, outputTokens: 2, totalTokens: 4 },
    })
  })

  it('skips events of a type and of visits that it does not know', () => {
    const newer = { type: 'node-thought', visit: 1, seq: 2, at: 0 } as unknown as RunEvent // a newer sender's
    const state = applyEvents(initialRunState, [
      ...numbered([start]),
      newer,
      { type: 'node-end', visit: 99, seq: 3, at: 0 },
    ])
    expect(state.seq).toBe(3)
    expect(state.nodes.size).toBe(0)
  })
})

describe('the client view', () => {
  it('shows the start without its input, yields and the end', () => {
    const visible = whole.flatMap((event) => clientView(event) ?? [])
    expect(visible.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
      '1 run-start',
      '6 run-yield',
      '10 run-yield',
      '15 run-end',
    ])
    expect(visible[0]).not.toHaveProperty('input')
    expect(whole[0]).toHaveProperty('input')
  })

  it('makes the same yields and the same end of it', () => {
    const seen = applyEvents(
      initialRunState,
      whole.flatMap((event) => clientView(event) ?? []),
    )
    const full = applyEvents(initialRunState, whole)
    // What a client does not see: the nodes, and what they did.
    const hidden = { nodes: 0, visits: 0, calls: 0, heardAt: 0 }
    expect({ ...seen, ...hidden }).toEqual({ ...full, ...hidden })
  })
})
