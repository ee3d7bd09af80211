import type { RunLog, Services } from '@millrace/engine'
import { FlowError, type Flow, type FlowTest, type Registry, type RunEvent } from '@millrace/flow'
import { RunRecording, testOfRun } from '@millrace/flow-tests'
import type * as nodesServer from '@millrace/nodes/server'
import { pagesOf } from '../runs/run-pages.ts'

/** The recordings of the latest runs that were started to be recorded; in memory only. */
export interface RecordedRuns {
  /** Makes a recording for a run that is about to start. */
  record(services: Services, nodes: Pick<typeof nodesServer, 'secretsOf'>): RunRecording
  keep(runId: string, run: KeptRun): void
  /**
   * The test that a run makes. Throws `not_found` for one that was not recorded or is no longer kept,
   * `input_invalid` for one of which no test can be made.
   */
  testOf(runId: string, name: string): Promise<FlowTest>
}

interface KeptRun {
  readonly flow: Flow
  readonly recording: RunRecording
}

/** How many are kept: a recording may be as large as a few megabytes. */
const maxKept = 10

export function createRecordedRuns(log: RunLog, registry: Registry): RecordedRuns {
  const kept = new Map<string, KeptRun>()

  async function eventsOf(runId: string): Promise<readonly RunEvent[]> {
    const events: RunEvent[] = []
    for await (const entries of pagesOf(log, runId)) {
      events.push(...entries.map(({ event }) => event))
    }
    return events
  }

  return {
    record: (services, { secretsOf }) => new RunRecording(services, { secretsOf }),
    keep(runId, run) {
      kept.set(runId, run)
      // The first is the oldest.
      if (kept.size > maxKept) kept.delete(kept.keys().next().value ?? '')
    },
    async testOf(runId, name) {
      const run = kept.get(runId)
      if (run !== undefined) {
        return testOfRun(name, { ...run, registry, events: await eventsOf(runId) })
      }
      throw new FlowError(
        'not_found',
        `There is no recording of the run "${runId}": only the last ${maxKept} runs of the designer are recorded. Run the flow again.`,
      )
    },
  }
}
