import type { StoredRun } from '../../api/run-history-api.ts'

/** A run of the history, with what a test is about; `minute` of the first hour of 2026. */
export function storedRun(id: string, minute: number, fields: Partial<StoredRun> = {}): StoredRun {
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, minute))
  return {
    id,
    flowId: 'chat',
    state: 'completed',
    startedAt,
    endedAt: new Date(startedAt.getTime() + 1500),
    usage: null,
    models: [],
    trace: 'summary',
    sessionId: undefined,
    origin: 'client',
    parentRunId: undefined,
    againRunId: undefined,
    ranAgainAs: undefined,
    environment: 'development',
    error: undefined,
    ...fields,
  }
}
