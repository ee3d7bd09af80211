import { expect, it } from 'vitest'
import type { RunEvent } from './run-event.ts'
import { runStateFromJson, runStateToJson } from './run-state-json.ts'
import { applyEvents, initialRunState } from './run-state.ts'

const events: readonly RunEvent[] = [
  { seq: 1, at: 1, type: 'run-start', runId: 'r', flowId: 'f', document: 'hash', trace: 'full' },
  { seq: 2, at: 2, type: 'node-start', visit: 1, nodeId: '__proto__' },
  { seq: 3, at: 3, type: 'node-input', visit: 1, values: { prompt: 'Hi' } },
  { seq: 4, at: 4, type: 'node-delta', visit: 1, delta: 'He' },
  { seq: 5, at: 5, type: 'node-start', visit: 2, nodeId: '7', parent: 1, port: 'each' },
  { seq: 6, at: 6, type: 'run-yield', visit: 2, value: { content: 'He' } },
  { seq: 7, at: 7, type: 'node-call', visit: 1, kind: 'model', attempt: 1, ms: 3 },
  { seq: 8, at: 8, type: 'node-delta', visit: 1, delta: 'llo' },
  { seq: 9, at: 9, type: 'node-end', visit: 2 },
  { seq: 10, at: 10, type: 'node-end', visit: 1, outputs: { answer: 'Hello' } },
  { seq: 11, at: 11, type: 'run-end', outcome: 'completed', result: null, usage: null },
]

it('goes on from JSON at any event as if it had never been written', () => {
  const whole = applyEvents(initialRunState, events)
  for (const index of events.keys()) {
    const state = applyEvents(initialRunState, events.slice(0, index))
    const back = runStateFromJson(JSON.parse(JSON.stringify(runStateToJson(state))))
    expect(back).toEqual(state)
    expect(applyEvents(back, events)).toEqual(whole)
  }
})

it('takes what an older sender left out as it is at first', () => {
  expect(runStateFromJson({ status: 'running', seq: 4 })).toEqual({
    ...initialRunState,
    status: 'running',
    seq: 4,
  })
})
