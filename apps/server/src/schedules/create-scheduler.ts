import { FlowError, isRecord, toFlowError } from '@millrace/flow'
import { isDue } from '@millrace/nodes'
import type { FlowsToRun } from '../environments/flows-to-run.ts'
import type { RunTarget } from '../environments/plan-for.ts'
import type { Plans } from '../flows/plans.ts'
import type { ActiveRuns } from '../runs/active-runs.ts'
import { expectStored } from '../runs/expect-stored.ts'
import type { Schedule as Timer } from '../runs/readers.ts'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import type { ScheduleStore } from './schedule-store.ts'
import { listScheduled, type ScheduledFlow } from './scheduled-flows.ts'

/** Starts flows by the clock. */
export interface Scheduler {
  /** Starts nothing more; resolves when what was about to start has started. */
  close(): Promise<void>
}

interface Options {
  readonly flowsToRun: Pick<FlowsToRun, 'listWith'>
  /** Which flows the clock starts: as this caller runs them. */
  readonly target: RunTarget
  readonly plans: Plans
  readonly store: ScheduleStore
  readonly runs: Pick<ActiveRuns, 'start' | 'find'>
  readonly log: Pick<StoredRunLog, 'expectStored'>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly timer: Timer
  /** Told what kept a flow from starting, or all of them. */
  readonly onFailure: (error: unknown, flowId?: string) => void
}

const minuteMs = 60_000

/**
 * Looks at the clock when a minute begins, from the next one on: a time that went by while nobody
 * looked is skipped, and so is one at which the run before still goes on.
 */
export function createScheduler(options: Options): Scheduler {
  const { flowsToRun, target, plans, store, runs, log, now, timer, onFailure } = options
  let cancelTimer = waitForMinute()
  let turn: Promise<void> = Promise.resolve()
  let isClosed = false

  function waitForMinute(): () => void {
    return timer(
      () => {
        turn = startDue(now() - (now() % minuteMs)).finally(() => {
          if (!isClosed) cancelTimer = waitForMinute()
        })
      },
      minuteMs - (now() % minuteMs),
    )
  }

  async function startDue(minute: number): Promise<void> {
    try {
      const scheduled = await listScheduled(flowsToRun, target)
      for (const one of scheduled.filter(({ schedule }) => isDue(schedule, minute))) {
        await startOnce(one, minute)
      }
    } catch (error) {
      onFailure(error)
    }
  }

  async function startOnce({ flow }: ScheduledFlow, minute: number): Promise<void> {
    const before = await store.find(flow.id)
    if (isClosed || !(await store.take(flow.id, minute))) return
    try {
      await expectEnded(before?.runId)
      const plan = await plans.of(flow)
      const data = plan.trigger?.properties['defaultData']
      const run = await runs.start(plan, {
        input: {
          ...(isRecord(data) ? data : {}),
          scheduledAt: new Date(minute).toISOString(),
        },
        kind: 'background',
        environment: flow.environment,
        origin: 'schedule',
      })
      await expectStored(log, run)
      await store.settle(flow.id, { runId: run.id })
    } catch (error) {
      onFailure(error, flow.id)
      await store.settle(flow.id, { error: toFlowError(error).toShape() })
    }
  }

  async function expectEnded(runId: string | undefined): Promise<void> {
    if (runId === undefined || !(await isRunning(runId))) return
    throw new FlowError(
      'conflict',
      `The run "${runId}", which the clock started before, still went on. Start the flow less often, or stop that run.`,
    )
  }

  async function isRunning(runId: string): Promise<boolean> {
    try {
      return (await runs.find(runId)).state === 'running'
    } catch (error) {
      if (error instanceof FlowError && error.code === 'not_found') return false
      throw error
    }
  }

  return {
    async close() {
      isClosed = true
      cancelTimer()
      await turn
    },
  }
}
