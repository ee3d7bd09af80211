import {
  FlowError,
  runStateFromJson,
  type RunState,
  type RunStateJson,
} from '@millrace/flow/events'

/**
 * What is known of a run that could not be followed because events in between are no longer kept;
 * `undefined` for any other error. Show its `yields`, and attach after its `seq` to go on.
 */
export function snapshotOf(error: unknown): RunState | undefined {
  if (!(error instanceof FlowError) || error.code !== 'resume_gap') return undefined
  const snapshot = error.details?.['snapshot']
  if (typeof snapshot !== 'object' || snapshot === null) return undefined
  return runStateFromJson(snapshot as Partial<RunStateJson>) // the server's contract
}
