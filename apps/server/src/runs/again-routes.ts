import { serializeFlow, type Registry } from '@millrace/flow'
import { z } from 'zod'
import type { PlanIn, PlannedFlow } from '../environments/plan-for.ts'
import { pathFor } from '../http/base-path.ts'
import { ofBody } from '../http/limits.ts'
import type { Plans } from '../flows/plans.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { ActiveRuns } from './active-runs.ts'
import { expectStored } from './expect-stored.ts'
import { readKeptRun, type KeptRun } from './kept-run.ts'
import { prepareAgain } from './run-part.ts'
import type { StoredRunLog } from './stored-run-log.ts'

interface Options {
  readonly runs: ActiveRuns
  readonly log: StoredRunLog
  readonly registry: Registry
  readonly planIn: PlanIn
  /** The plan of a document that need not be stored. */
  readonly planOfText: Plans['of']
}

const again = z.object({
  from: z.string().describe('The node from which on all runs.'),
  flow: z
    .enum(['then', 'now'])
    .default('now')
    .describe('Whether what ran then runs again, or the flow as it is stored now.'),
})

type Again = z.infer<typeof again>

const nodesSchema = {
  from: z.string(),
  pinned: z.array(z.string()),
  rerun: z.array(
    z.object({
      nodeId: z.string(),
      reason: z.enum([
        'failed',
        'notEnded',
        'notReached',
        'notRecorded',
        'changed',
        'usesRerun',
        'ownsBlock',
      ]),
    }),
  ),
}

/** Running a recorded run again, from one of its nodes on. */
export function againRoutes(options: Options): readonly Route[] {
  const { runs, log, registry, planIn, planOfText } = options

  async function prepare(runId: string, { from, flow }: Again) {
    const run = await readKeptRun(log, runId)
    const planned = await planOf(run, flow)
    const { part, ...told } = prepareAgain(run, { flow: planned.plan.flow, registry, from })
    return { run, ...planned, part, told }
  }

  /** What ran then runs where it ran, the draft in development. */
  async function planOf({ flow, record }: KeptRun, which: Again['flow']): Promise<PlannedFlow> {
    if (which === 'now') {
      const plan = await planIn(record.flowId, 'development')
      return { plan, environment: 'development' }
    }
    const plan = await planOfText({ id: flow.id, text: serializeFlow(flow) })
    return { plan, environment: record.environment }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/runs/:id/again',
      caller: 'operator',
      summary: 'Tells what running a run again from a node would take over, and what runs again.',
      query: again,
      answers: { 200: { description: 'What would happen.', schema: z.object(nodesSchema) } },
      async handle({ query, response, ...call }) {
        const { told } = await prepare(paramOf(call, 'id'), query)
        response.json(told)
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/runs/:id/again',
      caller: 'operator',
      summary:
        'Runs a run again from a node on, with its input and what it recorded before that node.',
      body: { schema: again, maxBytes: ofBody },
      answers: {
        202: {
          description:
            'Its start is stored, and it runs in the background; GET /api/runs/{id}/events follows it.',
          schema: z.object({ runId: z.string(), ...nodesSchema }),
        },
      },
      async handle({ body, request, response, ...call }) {
        const { run, plan, environment, part, told } = await prepare(paramOf(call, 'id'), body)
        const started = await runs.start(plan, {
          ...part,
          input: run.input,
          kind: 'background',
          environment,
          origin: run.record.origin === 'client' ? 'client' : 'designer',
          trace: 'full',
        })
        await expectStored(log, started)
        response.setHeader('x-run-id', started.id)
        response
          .status(202)
          .location(pathFor(request, `/api/runs/${started.id}`))
          .json({ runId: started.id, ...told })
      },
    }),
  ]
}
