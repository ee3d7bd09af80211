/**
 * The part of the vocabulary that a chat client needs: events, the reducer, errors and `textOf`.
 * It imports neither zod nor the expression library at run time.
 */
export { errorOfShape, FlowError, statusByCode, toFlowError } from './error.ts'
export type { ErrorCode, ErrorDetails, ErrorShape } from './error.ts'
export { isAnswer, readValue } from './read-value.ts'
export type { ReadValue, Source } from './read-value.ts'
export type { RunCall } from './run-call.ts'
export { addUsage } from './run-event.ts'
export type {
  RunEvent,
  RunEventOf,
  RunEventType,
  RunOutcome,
  TraceLevel,
  Usage,
} from './run-event.ts'
export { runStateFromJson, runStateToJson } from './run-state-json.ts'
export type { RunStateJson } from './run-state-json.ts'
export { applyEvent, applyEvents, initialRunState } from './run-state.ts'
export type { NodeState, NodeStatus, RunState } from './run-state.ts'
export { timeSpansOf, timingOf } from './run-timing.ts'
export type { RunTiming, TimeSpans } from './run-timing.ts'
export { visitsAround, visitsOf } from './run-visits.ts'
export type { BlockRun, RunVisit, RunVisits } from './run-visits.ts'
export { clientView } from './run-view.ts'
export type { RunView } from './run-view.ts'
export { textOf } from './text-of.ts'
