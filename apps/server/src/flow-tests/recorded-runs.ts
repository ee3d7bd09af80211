import type { Services } from '@millrace/engine'
import type { Flow } from '@millrace/flow'
import { RunRecording } from '@millrace/flow-tests'
import type * as nodesServer from '@millrace/nodes/server'

/** The recordings of the latest runs that were started to be recorded; in memory only. */
export interface RecordedRuns {
  /** Makes a recording for a run that is about to start. */
  record(services: Services, nodes: Pick<typeof nodesServer, 'secretsOf'>): RunRecording
  keep(runId: string, run: KeptRun): void
  /** `undefined` for a run that was not recorded, or is no longer kept. */
  find(runId: string): KeptRun | undefined
}

/** A run, byte by byte. */
interface KeptRun {
  readonly flow: Flow
  readonly recording: RunRecording
}

/** How many are kept: a recording may be as large as a few megabytes. */
const maxKept = 10

export function createRecordedRuns(): RecordedRuns {
  const kept = new Map<string, KeptRun>()
  return {
    record: (services, { secretsOf }) => new RunRecording(services, { secretsOf }),
    keep(runId, run) {
      kept.set(runId, run)
      // The first is the oldest.
      if (kept.size > maxKept) kept.delete(kept.keys().next().value ?? '')
    },
    find: (runId) => kept.get(runId),
  }
}
