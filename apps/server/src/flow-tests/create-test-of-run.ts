import type { Services } from '@millrace/engine'
import {
  connectionUses,
  FlowError,
  type Flow,
  type FlowTest,
  type Registry,
  type RunEvent,
} from '@millrace/flow'
import { testOfLog, testOfRun } from '@millrace/flow-tests'
import { readStored } from '../flows/read-document.ts'
import { pagesOf } from '../runs/run-pages.ts'
import type { RunRecord } from '../runs/run-record.ts'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import type { RuntimeLoader } from '../runtime.ts'
import type { RecordedRuns } from './recorded-runs.ts'

interface Options {
  readonly recorded: Pick<RecordedRuns, 'find'>
  readonly log: StoredRunLog
  /** How a run stands. Throws `not_found`. */
  readonly find: (runId: string) => Promise<RunRecord>
  readonly registry: Registry
  readonly runtime: Pick<RuntimeLoader, 'load'>
}

/**
 * The test that a run makes: of what was recorded of it byte by byte, else of its log. Throws
 * `not_found` for a run that is not kept, `input_invalid` for one of which no test can be made.
 */
export type TestOfRun = (runId: string, name: string) => Promise<FlowTest>

export function createTestOfRun({ recorded, log, find, registry, runtime }: Options): TestOfRun {
  async function eventsOf(runId: string): Promise<readonly RunEvent[]> {
    const events: RunEvent[] = []
    for await (const entries of pagesOf(log, runId)) {
      events.push(...entries.map(({ event }) => event))
    }
    return events
  }

  /** What the run ran, which may never have been saved. */
  async function flowOf({ id, document }: RunRecord): Promise<Flow> {
    const text = await log.findDocument(document)
    const read = text === undefined ? undefined : readStored(text)
    if (read?.status === 'flow') return read.flow
    throw new FlowError(
      'input_invalid',
      `What run "${id}" ran is not kept, so no test can be made of it. Run the flow again.`,
    )
  }

  return async (runId, name) => {
    const run = recorded.find(runId)
    if (run !== undefined) {
      return testOfRun(name, { ...run, registry, events: await eventsOf(runId) })
    }
    const flow = await flowOf(await find(runId))
    const { nodes, services } = await runtime.load()
    return testOfLog(name, {
      flow,
      registry,
      events: await eventsOf(runId),
      secrets: await secretsIn(flow, { registry, services, secretsOf: nodes.secretsOf }),
      exchangeOf: nodes.exchangeOf,
    })
  }
}

interface SecretsOptions {
  readonly registry: Registry
  readonly services: Pick<Services, 'connections'>
  readonly secretsOf: (
    connection: Awaited<ReturnType<Services['connections']['get']>>,
  ) => readonly string[]
}

/** The secrets of the connections that a flow uses, as far as they are still there. */
async function secretsIn(
  flow: Flow,
  { registry, services, secretsOf }: SecretsOptions,
): Promise<ReadonlySet<string>> {
  const ids = new Set(connectionUses(flow, registry).map(({ id }) => id))
  const opened = await Promise.allSettled(Array.from(ids, (id) => services.connections.get(id)))
  return new Set(opened.flatMap((one) => (one.status === 'fulfilled' ? secretsOf(one.value) : [])))
}
