import type { ErrorShape, RunEventOf, RunOutcome, Usage } from '@millrace/flow'

/** How a run stands: what `GET /api/runs/{id}` answers. Times are epoch milliseconds. */
export interface RunRecord {
  readonly id: string
  readonly flowId: string
  readonly state: 'running' | RunOutcome
  readonly startedAt: number
  readonly endedAt: number | null
  /** The sum over all model calls; null when none reported any. */
  readonly usage: Usage | null
  /** The *Return* value of a run that completed. */
  readonly result?: unknown
  readonly error?: ErrorShape
}

/** The record of a run that has just started. */
export function startRecord(event: RunEventOf<'run-start'>): RunRecord {
  return {
    id: event.runId,
    flowId: event.flowId,
    state: 'running',
    startedAt: event.at,
    endedAt: null,
    usage: null,
  }
}

/** The record of a run that ended. */
export function endRecord(record: RunRecord, event: RunEventOf<'run-end'>): RunRecord {
  return {
    ...record,
    state: event.outcome,
    endedAt: event.at,
    usage: event.usage ?? null,
    ...(event.outcome === 'completed' ? { result: event.result ?? null } : {}),
    ...(event.error === undefined ? {} : { error: event.error }),
  }
}

/** The terminal event of a run, told anew to a reader that is past what is kept of its log. */
export function lostEndOf(record: RunRecord, { seq }: { seq: number }): RunEventOf<'run-end'> {
  const { state, result, error, usage } = record
  return {
    seq,
    at: record.endedAt ?? record.startedAt,
    type: 'run-end',
    outcome: state === 'running' ? 'interrupted' : state,
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
    usage,
    lost: true,
  }
}
