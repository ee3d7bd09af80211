import { FlowError, type TraceLevel } from '@millrace/flow'
import { runFlow, type DefectListener, type Plan, type Run } from '@millrace/engine'
import type { RuntimeLoader } from '../runtime.ts'
import type { Readers } from './readers.ts'
import type { RunRecord } from './run-record.ts'
import type { StoredRunLog } from './stored-run-log.ts'

/** The runs of this process: started here, stopped here, and waited for when it ends. */
export interface ActiveRuns {
  /** Throws `draining`, `limit_exceeded`, `input_invalid`. */
  start(plan: Plan, options: { input: unknown; trace?: TraceLevel }): Promise<Run>
  /** How a run stands. Throws `not_found`. */
  find(runId: string): Promise<RunRecord>
  /** Answers when the run's end is in the log; a run that ended already stays as it is. */
  stop(runId: string): Promise<RunRecord>
  /** Starts no more runs, lets those that run go on for so long, then interrupts them. */
  drain(ms: number): Promise<void>
}

interface Options {
  readonly log: StoredRunLog
  readonly runtime: Pick<RuntimeLoader, 'load'>
  readonly readers: Readers
  readonly onDefect: DefectListener
}

const maxRuns = 5000
/**
 * How long interrupted runs may take to end: the engine gives them 2 s, and 12 s where a *finally*
 * runs. What is left is settled at the next start.
 */
const interruptedMs = 12_500

export function createActiveRuns({ log, runtime, readers, onDefect }: Options): ActiveRuns {
  const running = new Map<string, Run>()
  let isDraining = false

  async function find(runId: string): Promise<RunRecord> {
    const record = await log.find(runId)
    if (record !== undefined) return record
    throw new FlowError('not_found', `There is no run "${runId}", or it is no longer kept.`)
  }

  return {
    async start(plan, { input, trace }) {
      const { services } = await runtime.load()
      if (isDraining) {
        throw new FlowError('draining', 'The server is stopping and starts no more runs.', {
          retryable: true,
        })
      }
      if (running.size >= maxRuns) {
        throw new FlowError(
          'limit_exceeded',
          `${maxRuns} runs are running already. Try again when some have ended.`,
          { retryable: true, details: { limit: 'runs', max: maxRuns } },
        )
      }
      const run = runFlow(plan, {
        input,
        services,
        log,
        onDefect,
        ...(trace === undefined ? {} : { trace }),
      })
      running.set(run.id, run)
      readers.watch(run, plan.settings.onDisconnect)
      void run.end.then(() => running.delete(run.id))
      return run
    },
    find,
    async stop(runId) {
      await running.get(runId)?.stop('stop')
      return find(runId)
    },
    async drain(ms) {
      isDraining = true
      await within(ms, allEnded(running))
      for (const run of running.values()) void run.stop('shutdown')
      await within(interruptedMs, allEnded(running))
    },
  }
}

function allEnded(running: ReadonlyMap<string, Run>): Promise<unknown> {
  return Promise.all([...running.values()].map(({ end }) => end))
}

async function within(ms: number, wait: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([wait, promise])
  clearTimeout(timer)
}
