import type { Kysely } from 'kysely'
import type { ReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import { isErrorShape } from '../runs/stored-values.ts'
import type { ScheduleStore } from './schedule-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  readonly readJson: ReadJson
}

/** The same in the server's own database. */
export function createSqliteScheduleStore({ database, readJson }: Options): ScheduleStore {
  return {
    async find(flowId) {
      const row = await database
        .selectFrom('schedules')
        .selectAll()
        .where('flow_id', '=', flowId)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const stored = { table: 'schedules', id: flowId, isRight: isErrorShape }
      return {
        flowId,
        dueAt: row.due_at,
        runId: row.run_id ?? undefined,
        error: row.error === null ? undefined : readJson(row.error, stored),
      }
    },
    async take(flowId, dueAt) {
      const taken = await database
        .insertInto('schedules')
        .values({ flow_id: flowId, due_at: dueAt, run_id: null, error: null })
        .onConflict((conflict) =>
          conflict
            .column('flow_id')
            .doUpdateSet({ due_at: dueAt, error: null })
            .where('schedules.due_at', '<', dueAt),
        )
        .executeTakeFirst()
      return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    async settle(flowId, outcome) {
      await database
        .updateTable('schedules')
        .set(
          'runId' in outcome
            ? { run_id: outcome.runId, error: null }
            : { error: JSON.stringify(outcome.error) },
        )
        .where('flow_id', '=', flowId)
        .execute()
    },
  }
}
