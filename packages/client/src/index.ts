export {
  applyEvent,
  applyEvents,
  errorOfShape,
  FlowError,
  initialRunState,
  isAnswer,
  readValue,
  textOf,
} from '@millrace/flow/events'
export type {
  ErrorCode,
  ErrorShape,
  ReadValue,
  RunEvent,
  RunOutcome,
  RunState,
  Source,
  Usage,
} from '@millrace/flow/events'
export { createClient } from './client.ts'
export type { AttachOptions, Client, RunRecord, StartOptions } from './client.ts'
export type { CallOptions, ConnectionState } from './connection.ts'
export type { ClientOptions } from './request.ts'
export { snapshotOf } from './resume-gap.ts'
export type { RunEventStream } from './run-events.ts'
export type { RunStream, RunSummary } from './run-stream.ts'
