import { FlowError } from '@millrace/flow'
import type { Plan } from '@millrace/engine'
import { z } from 'zod'
import { findOwnRun } from '../access/own-runs.ts'
import type { PlanIn } from '../environments/plan-for.ts'
import { readStored } from '../flows/read-document.ts'
import { triggerOfKind } from '../flows/trigger-of-kind.ts'
import { pathFor } from '../http/base-path.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { ActiveRuns } from '../runs/active-runs.ts'
import type { StartForClient } from '../runs/client-starts.ts'
import type { RunRecord } from '../runs/run-record.ts'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import { readRatedAnswer } from './rated-answer.ts'

interface Options {
  readonly runs: Pick<ActiveRuns, 'find'>
  readonly log: StoredRunLog
  readonly startForClient: StartForClient
  readonly planIn: PlanIn
}

const feedback = z.object({
  /** `none` takes an earlier vote back. */
  rating: z.enum(['up', 'down', 'none']),
  comment: z.string().max(10_000).optional(),
})

/** What users think of answers, handed to the flow that the flow which answered names for it. */
export function feedbackRoutes(options: Options): readonly Route[] {
  const { runs, log, startForClient, planIn } = options

  /** By what ran: the setting may have changed since. */
  async function feedbackFlowOf({ flowId, document }: RunRecord): Promise<string> {
    const text = await log.findDocument(document)
    const read = text === undefined ? undefined : readStored(text)
    const feedbackFlow = read?.status === 'flow' ? read.flow.settings?.feedbackFlow : undefined
    if (feedbackFlow !== undefined) return feedbackFlow
    throw new FlowError(
      'conflict',
      `Nobody takes feedback on answers of the flow "${flowId}". Choose a flow with a Chat feedback trigger as Feedback flow in its settings.`,
    )
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/runs/:id/feedback',
      caller: 'client',
      summary:
        'Hands what a user thinks of a run’s answer to the feedback flow of the flow that ran.',
      hasIdempotencyKey: true,
      body: { schema: feedback, maxBytes: ofBody },
      answers: {
        202: {
          description:
            'The feedback flow runs, in the background; its start is stored. `runId` is its run.',
          schema: z.object({ runId: z.string() }),
        },
      },
      async handle({ body, principal, request, response, ...call }) {
        const rated = await findOwnRun(runs, { runId: paramOf(call, 'id'), principal })
        if (rated.state === 'running') throw stillRuns(rated.id)
        const flowId = await feedbackFlowOf(rated)
        const runId = await startForClient(request, {
          flowId,
          through: rated.flowId,
          principal,
          kind: 'background',
          call: 'feedback',
          asked: { ...body, runId: rated.id },
          input: {
            runId: rated.id,
            sessionId: rated.sessionId ?? '',
            ...(await readRatedAnswer(log, rated.id)),
            feedback: body.rating,
            comment: body.comment ?? '',
          },
          // Where the answer came from, as if the flow that answered called it.
          plan: async () => ({
            plan: expectFeedback(flowId, await planIn(flowId, rated.environment)),
            environment: rated.environment,
          }),
        })
        response.setHeader('x-run-id', runId)
        response
          .status(202)
          .location(pathFor(request, `/api/runs/${runId}`))
          .json({ runId })
      },
    }),
  ]
}

function expectFeedback(flowId: string, plan: Plan): Plan {
  if (triggerOfKind(plan, 'chat.feedbackTrigger') !== undefined) return plan
  throw new FlowError(
    'conflict',
    `The feedback flow "${flowId}" has no Chat feedback trigger. Let it start with one, or choose another feedback flow.`,
  )
}

function stillRuns(runId: string): FlowError {
  return new FlowError(
    'conflict',
    `Run "${runId}" has not ended, so there is no whole answer to rate. Send the feedback when it has.`,
    { retryable: true },
  )
}
