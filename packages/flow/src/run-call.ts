import type { RunEventOf, Usage } from './run-event.ts'

/** One call to the outside, as a run made it. */
export interface RunCall extends Pick<
  RunEventOf<'node-call'>,
  | 'kind'
  | 'attempt'
  | 'statement'
  | 'firstByteMs'
  | 'model'
  | 'finishReason'
  | 'refusal'
  | 'method'
  | 'status'
  | 'childRunId'
> {
  readonly nodeId: string
  readonly visit: number
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly endedAt: number
  readonly usage: Usage | null
  /** What was sent; `undefined` where not recorded. */
  readonly request: unknown
}

/** A call as its event tells it; `nodeId` is empty where the start of its visit was not recorded. */
export function callOf(event: RunEventOf<'node-call'>, nodeId: string): RunCall {
  const { type: _type, seq: _seq, at, ms = 0, startedAt: began, usage = null, ...told } = event
  // Older logs do not say when a call began, only when it was recorded.
  const startedAt = began ?? at - ms
  const { request, ...facts } = told
  return { ...facts, nodeId, startedAt, endedAt: startedAt + ms, usage, request }
}
