import type { StoredRun } from '../api/run-history-api.ts'
import { counted } from '../ui/counted.ts'
import { toast } from '../ui/toast.ts'

/** Asks whether runs are to be deleted, as far as they ended; says so where none did. */
export function askToDelete(
  runs: readonly StoredRun[],
  ask: (ended: readonly StoredRun[]) => void,
): void {
  const ended = runs.filter(({ state }) => state !== 'running')
  if (ended.length > 0) ask(ended)
  else if (runs.length === 1) toast.info('This run goes on. Stop it, then delete it.')
  else if (runs.length > 1) {
    toast.info(`These ${counted(runs.length, 'run')} go on. Stop them, then delete them.`)
  }
}
