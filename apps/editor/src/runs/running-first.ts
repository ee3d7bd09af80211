import type { StoredRun } from '../api/run-history-api.ts'

/** Runs that go on, then those that ended; each in their order. */
export function runningFirst(runs: readonly StoredRun[]): readonly StoredRun[] {
  const isRunning = ({ state }: StoredRun) => state === 'running'
  return [...runs.filter(isRunning), ...runs.filter((run) => !isRunning(run))]
}
