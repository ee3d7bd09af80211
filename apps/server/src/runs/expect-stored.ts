import type { Run } from '@millrace/engine'
import type { StoredRunLog } from './stored-run-log.ts'

/** Resolves when the start of a run is on the disk; stops it when it cannot be: nobody would find it. */
export async function expectStored(
  log: Pick<StoredRunLog, 'expectStored'>,
  run: Pick<Run, 'id' | 'stop'>,
): Promise<void> {
  try {
    await log.expectStored(run.id)
  } catch (error) {
    await run.stop('stop')
    throw error
  }
}
