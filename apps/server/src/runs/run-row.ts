import type { RunRecord } from './run-record.ts'

/** A record as the columns of its table hold it: texts and numbers, which any thread can be handed. */
export type RunRow = readonly (string | number | null)[]

/** The columns of a row, in its order. */
export const runColumns = [
  'id',
  'flow_id',
  'state',
  'started_at',
  'ended_at',
  'usage',
  'result',
  'error',
  'trace',
  'document',
  'session_id',
  'origin',
  'parent_run_id',
  'environment',
  'models',
  'start_key',
  'start_hash',
  'again_run_id',
  'started_by',
] as const

/** Throws when a value in the record cannot be written as JSON. */
export function rowOf(record: RunRecord): RunRow {
  const json = (value: unknown) => (value === undefined ? null : (JSON.stringify(value) ?? null))
  return [
    record.id,
    record.flowId,
    record.state,
    record.startedAt,
    record.endedAt,
    record.usage === null ? null : JSON.stringify(record.usage),
    json(record.result),
    json(record.error),
    record.trace,
    record.document,
    record.sessionId,
    record.origin,
    record.parentRunId,
    record.environment,
    JSON.stringify(record.models),
    record.startKey?.key ?? null,
    record.startKey?.hash ?? null,
    record.againRunId,
    record.startedBy,
  ]
}
