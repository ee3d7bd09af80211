export { startTdsLoopback } from './loopback.ts'
export type { Fault, LoopbackOptions, ReceivedStatement, TdsLoopback } from './loopback.ts'
export type { SqlServerError } from './protocol/tokens.ts'
