export { FlowError, isAnswer, readValue, textOf } from '@millrace/flow/events'
export type {
  ErrorCode,
  ErrorShape,
  ReadValue,
  RunEvent,
  RunOutcome,
  Source,
  Usage,
} from '@millrace/flow/events'
export { createClient } from './client.ts'
export type { AttachOptions, CallOptions, Client } from './client.ts'
export type { ClientOptions } from './request.ts'
export type { RunStream, RunSummary } from './run-stream.ts'
