import type { RunRecord } from './run-record.ts'

/** A record as the columns of its table hold it: texts and numbers, which any thread can be handed. */
export type RunRow = readonly (string | number | null)[]

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
  ]
}
