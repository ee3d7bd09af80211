export { cancelled, next } from './block-end.ts'
export type { BlockEnd } from './block-end.ts'
export { checkCode } from './check-code.ts'
export { compile, hashFlow } from './compile.ts'
export { createServices, fixedConnections } from './create-services.ts'
export type { OwnedServices } from './create-services.ts'
export type { AnswerWitness, Exchanges, OutgoingRequest, RecordedAnswer } from './exchanges.ts'
export { createFlowCalls } from './flow-calls.ts'
export type { FlowCallsOptions, StartedCall } from './flow-calls.ts'
export { followRun } from './follow-run.ts'
export type { EntrySink, FollowOptions } from './follow-run.ts'
export { implement, implementResource, implementTrigger } from './implement.ts'
export type {
  AttachmentsOf,
  BlocksOf,
  CallRecord,
  Implementation,
  NodeContext,
  NodeResult,
  OutputsOf,
  PropertiesOf,
  RunContext,
} from './implement.ts'
export { defaultLimits } from './limits.ts'
export type { RunLimits } from './limits.ts'
export { LogEntry, parseLogEntry } from './log-entry.ts'
export { invalidFlow } from './invalid-flow.ts'
export { createMemoryRunLog } from './memory-run-log.ts'
export type { MemoryRunLogOptions } from './memory-run-log.ts'
export type { NodePackage } from './node-package.ts'
export type { Plan, PlannedTrigger } from './plan.ts'
export type { DefectListener, DefectSite } from './run-execution.ts'
export { runFlow } from './run-flow.ts'
export type { Run, RunOptions, StopReason } from './run-flow.ts'
export type { Pins } from './visited-run.ts'
export type { LogPage, RunLog } from './run-log.ts'
export { revealed, Secret } from './secret.ts'
export type {
  CalledRun,
  CodeProblem,
  Connection,
  FlowCalls,
  FunctionCall,
  FunctionCode,
  FunctionSandbox,
  OutgoingTarget,
  Services,
} from './services.ts'
export { wait } from './wait.ts'
