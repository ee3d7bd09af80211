import { FlowError } from '@millrace/flow'
import { nextRuns } from '@millrace/nodes'
import { z } from 'zod'
import { environments } from '../environments/environment.ts'
import type { FlowsToRun, FlowToRun } from '../environments/flows-to-run.ts'
import type { RunTarget } from '../environments/plan-for.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { ScheduleStore } from './schedule-store.ts'
import { scheduleOf } from './scheduled-flows.ts'

interface Options {
  readonly flowsToRun: Pick<FlowsToRun, 'find'>
  /** Which flows the clock starts: as this caller runs them. */
  readonly target: RunTarget
  readonly store: ScheduleStore
  /** Epoch milliseconds. */
  readonly now: () => number
}

const scheduleSchema = z.object({
  /** What the clock starts; null when it starts nothing of this flow. */
  scheduled: z
    .object({
      environment: z.enum(environments),
      cron: z.string(),
      timeZone: z.string(),
      /** Null for a schedule that names no day there is. */
      nextAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** What came of the last time at which it was due. */
  last: z
    .object({
      dueAt: z.iso.datetime(),
      /** The run that was started last. */
      runId: z.string().nullable(),
      /** Why none was started then. */
      error: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
    })
    .nullable(),
})

/** What the clock starts. */
export function scheduleRoutes({ flowsToRun, target, store, now }: Options): readonly Route[] {
  async function findWhatRuns(flowId: string): Promise<FlowToRun | undefined> {
    try {
      return await flowsToRun.find(flowId, target)
    } catch (error) {
      if (error instanceof FlowError && error.code === 'flow_not_published') return undefined
      throw error
    }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/flows/:id/schedule',
      caller: 'operator',
      summary: 'Tells when the clock starts a flow next, and what came of the last time.',
      answers: { 200: { description: 'The schedule that counts.', schema: scheduleSchema } },
      async handle({ response, ...call }) {
        const flowId = paramOf(call, 'id')
        const flow = await findWhatRuns(flowId)
        const schedule = flow === undefined ? undefined : scheduleOf(flow)
        const last = await store.find(flowId)
        const answer: z.infer<typeof scheduleSchema> = {
          scheduled:
            flow === undefined || schedule === undefined
              ? null
              : {
                  environment: flow.environment,
                  cron: schedule.cron,
                  timeZone: schedule.timeZone ?? 'UTC',
                  nextAt: isoOf(nextRuns(schedule, { after: now(), count: 1 })[0]),
                },
          last:
            last === undefined
              ? null
              : {
                  dueAt: new Date(last.dueAt).toISOString(),
                  runId: last.runId ?? null,
                  error: last.error === undefined ? null : { ...last.error },
                },
        }
        response.json(answer)
      },
    }),
  ]
}

function isoOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString()
}
