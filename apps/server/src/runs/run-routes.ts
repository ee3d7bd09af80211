import { FlowError, isRecord, runStateToJson } from '@millrace/flow'
import type { Plan } from '@millrace/engine'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { findOwnRun, viewFor } from '../access/own-runs.ts'
import { environmentQuery, type EnvironmentQuery } from '../environments/environment-query.ts'
import type { PlanFor, PlanIn, PlannedFlow } from '../environments/plan-for.ts'
import { pathFor } from '../http/base-path.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Call, type Route } from '../http/route.ts'
import type { ActiveRuns } from './active-runs.ts'
import type { StartForClient } from './client-starts.ts'
import { errorOfEnd } from './error-of-end.ts'
import { expectNoYields } from './expect-no-yields.ts'
import {
  eventsAsNdjson,
  eventsAsSse,
  valuesAsArray,
  valuesAsNdjson,
  valuesAsSse,
  type Framing,
} from './framings.ts'
import { runAnswer, runAnswerSchema } from './run-answer.ts'
import { inputExamples, valueExamples } from './run-examples.ts'
import type { RunKind } from './run-kind.ts'
import { snapshotOf } from './run-snapshot.ts'
import { sendRun, type RunSending, type SentRun } from './send-run.ts'
import type { StoredRunLog } from './stored-run-log.ts'

interface Options {
  readonly runs: ActiveRuns
  readonly log: StoredRunLog
  readonly sending: RunSending
  readonly startForClient: StartForClient
  readonly planFor: PlanFor
  readonly planIn: PlanIn
}

const eventTypes = ['text/event-stream', 'application/x-ndjson']
const valueTypes = [...eventTypes, 'application/json']
const input = {
  schema: z.unknown().meta({
    type: 'object',
    description: 'The input of the trigger. Without a body the flow starts with its default data.',
  }),
  maxBytes: ofBody,
  examples: inputExamples,
}
const after = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('The number of the last event that is known; Last-Event-ID counts before it.'),
})
const resumes = {
  'Last-Event-ID': 'The `id` of the last event that is known; what follows is sent.',
}
const run = {
  description: 'How the run stands; to a visitor without usage, models and why it failed.',
  schema: runAnswerSchema,
}

/** Runs as clients start, follow and stop them. */
export function runRoutes(options: Options): readonly Route[] {
  const { runs, log, sending, startForClient, planFor, planIn } = options

  /** Fails before the head of an answer is sent, so that the failure has a status of its own. */
  async function expectKept({ runId, after: position, view }: SentRun): Promise<void> {
    const page = await log.read(runId, position, 1)
    if (page.status === 'found') return
    const record = await runs.find(runId)
    if (page.status === 'unknown') return
    const snapshot = await snapshotOf(log, { runId, view })
    throw new FlowError(
      'resume_gap',
      `Some events after ${position} of run "${runId}" are no longer kept. What is known of it is in details.snapshot: read on after its seq.`,
      {
        details: {
          oldest: page.oldest,
          run: runAnswer(record, view),
          snapshot: runStateToJson(snapshot),
        },
      },
    )
  }

  /** Sends a run from after the number that the reader names, in its header or its query. */
  async function follow(
    request: Request,
    response: Response,
    { runId, principal, after: fromQuery, ...shown }: FollowedRun,
  ): Promise<void> {
    const sent = { runId, after: positionOf(request, fromQuery), ...shown }
    await findOwnRun(runs, { runId, principal })
    await expectKept(sent)
    await sendRun(sending, response, sent)
  }

  /** Starts the flow that the path names with the body as its input; answers the run's id. */
  function startNamed(
    { params, query: { env }, principal, request, body }: NamedCall,
    { kind, check }: StartedKind,
  ): Promise<string> {
    const flowId = paramOf({ params }, 'id')
    async function plan(): Promise<PlannedFlow> {
      const found = await planFor(flowId, { principal, environment: env })
      await check?.(found.plan, (called) => planIn(called, found.environment))
      return found
    }
    return startForClient(request, {
      flowId,
      principal,
      kind,
      call: kind,
      env,
      input: inputOf(body),
      plan,
    })
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/flows/:id/run',
      caller: 'client',
      summary: 'Runs a flow and answers what it returns; a flow that yields values is for /stream.',
      hasIdempotencyKey: true,
      query: environmentQuery,
      body: input,
      answers: {
        200: {
          description: 'The Return value; null without one.',
          schema: z.unknown(),
          isOfRun: true,
        },
      },
      async handle(call) {
        const { response } = call
        const runId = await startNamed(call, {
          kind: 'short',
          check: (plan, planOf) => expectNoYields(plan, { planOf }),
        })
        const leave = sending.readers.enter(runId, viewFor(call.principal, 'client'))
        response.once('close', leave)
        if (response.destroyed) leave()
        response.setHeader('x-run-id', runId)
        const ended = await runs.ended(runId)
        if (ended.state !== 'completed') throw errorOfEnd(ended.state, ended.error)
        response.json(ended.result ?? null)
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/stream',
      caller: 'client',
      summary: 'Runs a flow and sends each value as it is yielded.',
      hasIdempotencyKey: true,
      query: environmentQuery,
      body: input,
      answers: {
        200: {
          description:
            'SSE by default: `yield` with a value each, then `end` or `error`. By Accept also NDJSON or one JSON array.',
          contentTypes: valueTypes,
          examples: valueExamples,
          isOfRun: true,
        },
      },
      async handle(call) {
        const runId = await startNamed(call, { kind: 'streaming' })
        const view = viewFor(call.principal, 'client')
        const sent = { runId, after: 0, view, framing: valueFraming(call.request, runId) }
        await expectKept(sent)
        await sendRun(sending, call.response, sent)
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/submit',
      caller: 'client',
      summary:
        'Starts a flow in the background, for up to 8 hours; answers once its start is stored.',
      hasIdempotencyKey: true,
      query: environmentQuery,
      body: input,
      answers: {
        202: {
          description: 'It runs. GET /api/runs/{id} tells how it stands, …/stream follows it.',
          schema: z.object({ runId: z.string() }),
          isOfRun: true,
        },
      },
      async handle(call) {
        const runId = await startNamed(call, { kind: 'background' })
        call.response.setHeader('x-run-id', runId)
        call.response
          .status(202)
          .location(pathFor(call.request, `/api/runs/${runId}`))
          .json({ runId })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/runs/:id',
      caller: 'client',
      summary: 'Reads how a run stands.',
      answers: { 200: run },
      async handle({ principal, response, ...call }) {
        const record = await findOwnRun(runs, { runId: paramOf(call, 'id'), principal })
        response.json(runAnswer(record, viewFor(principal)))
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/runs/:id/events',
      caller: 'client',
      summary:
        'Follows the log of a run, from after a number on; by Accept as SSE or NDJSON. The full view is for who designs.',
      query: after.extend({
        view: z
          .enum(['full', 'client'])
          .optional()
          .describe(
            '`client` leaves out all but the start, the values and the end; a visitor is not told why a run failed either.',
          ),
      }),
      headers: resumes,
      answers: {
        200: {
          description: 'Every event under its name.',
          contentTypes: eventTypes,
          isOfRun: true,
        },
      },
      async handle({ query, principal, request, response, ...call }) {
        const runId = paramOf(call, 'id')
        const view = viewFor(principal, query.view)
        const framing = accepts(request, eventTypes)
        await follow(request, response, {
          runId,
          principal,
          after: query.after,
          view,
          framing: framing === 'application/x-ndjson' ? eventsAsNdjson() : eventsAsSse(),
        })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/runs/:id/stream',
      caller: 'client',
      summary: 'Follows the values of a run again, framed like the stream that started it.',
      query: after,
      headers: resumes,
      answers: {
        200: {
          description:
            'The values after a number, the same bytes as those of the first stream; an array begins anew.',
          contentTypes: valueTypes,
          examples: valueExamples,
          isOfRun: true,
        },
      },
      async handle({ query, principal, request, response, ...call }) {
        const runId = paramOf(call, 'id')
        await follow(request, response, {
          runId,
          principal,
          after: query.after,
          view: viewFor(principal, 'client'),
          framing: valueFraming(request, runId),
        })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/runs/:id/stop',
      caller: 'client',
      summary: 'Stops a run; answers when its end is stored. One that ended stays as it is.',
      answers: { 200: run },
      async handle({ principal, response, ...call }) {
        const { id } = await findOwnRun(runs, { runId: paramOf(call, 'id'), principal })
        response.json(runAnswer(await runs.stop(id), viewFor(principal)))
      },
    }),
  ]
}

/** A trigger takes an object, or `undefined`: no body at all. */
function inputOf(body: unknown): unknown {
  if (body === undefined || isRecord(body)) return body
  throw new FlowError('input_invalid', 'The body of a run is a JSON object. Send { … }.')
}

/** A kind of run that clients start, and what is asked of its plan before. */
interface StartedKind {
  readonly kind: RunKind
  readonly check?: (plan: Plan, planOf: (flowId: string) => Promise<Plan>) => Promise<void>
}

type NamedCall = Pick<
  Call<unknown, EnvironmentQuery>,
  'params' | 'query' | 'principal' | 'request' | 'body'
>

interface FollowedRun
  extends Pick<Call<unknown, unknown>, 'principal'>, Pick<SentRun, 'runId' | 'view' | 'framing'> {
  readonly after: number | undefined
}

/** `Last-Event-ID`, which a browser sends by itself when it comes back, counts before the address. */
function positionOf(request: Request, fromQuery: number | undefined): number {
  const header = request.headers['last-event-id']
  if (header === undefined) return fromQuery ?? 0
  if (typeof header === 'string' && /^[0-9]{1,15}$/.test(header)) return Number(header)
  throw new FlowError(
    'bad_request',
    `Last-Event-ID is "${String(header)}". Send the id of an event.`,
  )
}

function valueFraming(request: Request, runId: string): Framing {
  switch (accepts(request, valueTypes)) {
    case 'application/x-ndjson':
      return valuesAsNdjson(runId)
    case 'application/json':
      return valuesAsArray()
    default:
      return valuesAsSse(runId)
  }
}

/** The one of `types` that the caller likes best; the first of all when it takes none of them. */
function accepts(request: Request, types: readonly string[]): string | undefined {
  // Many name the one encoding that JSON has; a type with a parameter is another type by the rules.
  const accepted = request.accepts([...types, ...types.map((type) => `${type}; charset=utf-8`)])
  return accepted === false ? types[0] : accepted.split(';')[0]
}
