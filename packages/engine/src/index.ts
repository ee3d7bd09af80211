export { cancelled, next } from './block-end.ts'
export type { BlockEnd } from './block-end.ts'
export { followRun } from './follow-run.ts'
export type { EntrySink, FollowOptions } from './follow-run.ts'
export {
  createImplementations,
  implement,
  implementResource,
  implementTrigger,
} from './implement.ts'
export type {
  AttachmentsOf,
  BlocksOf,
  CallRecord,
  Implementation,
  Implementations,
  NodeContext,
  NodeResult,
  OutputsOf,
  PropertiesOf,
  RunContext,
} from './implement.ts'
export { LogEntry, parseLogEntry } from './log-entry.ts'
export type { LogPage, RunLog } from './run-log.ts'
export type { Connection, OutgoingTarget, Services } from './services.ts'
