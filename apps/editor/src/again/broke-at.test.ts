import { applyEvents, initialRunState, type RunEvent, type RunState } from '@millrace/flow'
import { expect, it } from 'vitest'
import { flowOf, registry } from '../canvas/testing/fixtures.ts'
import { brokeAt } from './broke-at.ts'

const flow = flowOf({ start: 'test.start', chat: 'test.stream', say: 'test.yield' }, [
  'start.next -> chat',
  'chat.forEachMessage -> say',
])

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never

function runOf(...events: readonly Draft[]): RunState {
  return applyEvents(
    initialRunState,
    // Each draft is an event but for what is added here.
    events.map((event, index) => ({ ...event, seq: index + 1, at: index }) as RunEvent),
  )
}

const start = { type: 'run-start', runId: 'r', flowId: 'f', document: 'd', trace: 'full' } as const
const trigger = [
  { type: 'node-start', visit: 1, nodeId: 'start' },
  { type: 'node-end', visit: 1 },
] as const
const chat = { type: 'node-start', visit: 2, nodeId: 'chat' } as const
const interrupted = { type: 'run-end', outcome: 'interrupted', usage: null } as const

it('is the innermost action that was going on when a run was interrupted', () => {
  const say = { type: 'node-start', visit: 3, nodeId: 'say', parent: 2 } as const
  expect(brokeAt(runOf(start, ...trigger, chat, interrupted), flow, registry)).toBe('chat')
  expect(brokeAt(runOf(start, ...trigger, chat, say, interrupted), flow, registry)).toBe('say')
})

it('is the node that failed, not the one around it', () => {
  const error = { code: 'internal', message: 'No.', retryable: false, nodeId: 'say' } as const
  const state = runOf(
    start,
    ...trigger,
    chat,
    { type: 'node-start', visit: 3, nodeId: 'say', parent: 2 },
    { type: 'node-error', visit: 3, error },
    { type: 'node-error', visit: 2, error },
    { type: 'run-end', outcome: 'failed', error, usage: null },
  )
  expect(brokeAt(state, flow, registry)).toBe('say')
})

it('is the first action of all where the log was lost before one started', () => {
  expect(brokeAt(runOf(start, ...trigger, interrupted), flow, registry)).toBe('chat')
  expect(brokeAt(runOf(start, interrupted), flow, registry)).toBe('chat')
})

it('is none of a run that goes on or completed, and none that the flow does not have', () => {
  const completed = { type: 'run-end', outcome: 'completed', usage: null } as const
  expect(brokeAt(runOf(start, ...trigger, chat), flow, registry)).toBeUndefined()
  expect(brokeAt(runOf(start, ...trigger, chat, completed), flow, registry)).toBeUndefined()
  expect(brokeAt(runOf(start, interrupted), flowOf({ start: 'test.start' }), registry)).toBe(
    undefined,
  )
})
