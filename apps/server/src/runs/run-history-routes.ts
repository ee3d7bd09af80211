import { FlowError } from '@millrace/flow'
import { z } from 'zod'
import { environments } from '../environments/environment.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import { runAnswerSchema, runSummary, runSummarySchema } from './run-answer.ts'
import { exampleRunId } from './run-examples.ts'
import { positionText, readPosition } from './run-position.ts'
import { runOrigins, type RunRecord } from './run-record.ts'
import type { Settings } from '../settings.ts'
import type { StoredRunLog } from './stored-run-log.ts'

interface Options {
  /** How a run stands. Throws `not_found`. */
  readonly find: (runId: string) => Promise<RunRecord>
  readonly log: StoredRunLog
  /** How many runs are kept at most. */
  readonly settings: Pick<Settings, 'keepRuns' | 'keepDays' | 'keepMegabytes'>
}

/** So many runs are deleted by one request. */
const maxDeleted = 1000

const instant = z.iso.datetime({ offset: true })
const document = z.looseObject({ format: z.string(), version: z.number(), id: z.string() })

/** Runs as designers look back at them: found, deleted. */
export function runHistoryRoutes({ find, log, settings }: Options): readonly Route[] {
  /** Throws `not_found` where none was kept. */
  async function documentOf({ id, document: hash }: RunRecord): Promise<string> {
    const text = await log.findDocument(hash)
    if (text !== undefined) return text
    throw new FlowError(
      'not_found',
      `The document that run "${id}" ran is not kept: an earlier version of Millrace recorded it. Open the flow instead.`,
    )
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/retention',
      caller: 'operator',
      summary: 'Tells how many runs the server keeps at most; a flow may keep fewer of its own.',
      answers: {
        200: {
          description: 'The oldest are deleted until all of these hold.',
          schema: z.object({ runs: z.int(), days: z.int(), megabytes: z.int() }),
        },
      },
      handle({ response }) {
        const { keepRuns: runs, keepDays: days, keepMegabytes: megabytes } = settings
        response.json({ runs, days, megabytes })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/runs',
      caller: 'operator',
      summary: 'Lists runs, the latest start first; `next` of a page goes on with `before`.',
      query: z.object({
        flow: z.string().optional().describe('Only runs of this flow, by its id.'),
        state: runAnswerSchema.shape.state.optional().describe('Only runs that stand so.'),
        session: z.string().optional().describe('Only runs of this session of a chat.'),
        origin: z.enum(runOrigins).optional().describe('Only runs that were started so.'),
        environment: z.enum(environments).optional().describe('Only runs in this environment.'),
        from: instant.optional().describe('Only runs that started then or later.'),
        to: instant.optional().describe('Only runs that started before then.'),
        before: z.string().optional().describe('The `next` of the page before.'),
        limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most.'),
      }),
      answers: {
        200: {
          description:
            'The runs that fit, without their results, and where the next page begins; null at the end.',
          schema: z.object({ runs: z.array(runSummarySchema), next: z.string().nullable() }),
        },
      },
      async handle({ query, response }) {
        const { runs, hasMore } = await log.list({
          flowId: query.flow,
          state: query.state,
          sessionId: query.session,
          origin: query.origin,
          environment: query.environment,
          from: timeOf(query.from),
          to: timeOf(query.to),
          before: query.before === undefined ? undefined : readPosition(query.before),
          limit: query.limit,
        })
        const last = runs.at(-1)
        const next = hasMore && last !== undefined ? positionText(last) : null
        response.json({ runs: runs.map(runSummary), next })
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/runs',
      caller: 'operator',
      summary:
        'Deletes the runs of a session or a flow, as far as they ended, and those they called.',
      query: z
        .object({
          session: z.string().optional().describe('All runs of this session of a chat.'),
          flow: z.string().optional().describe('All runs of this flow, by its id.'),
        })
        .refine(({ session, flow }) => (session === undefined) !== (flow === undefined), {
          error: 'Name what is deleted: ?session=… or ?flow=….',
        }),
      answers: {
        200: {
          description: 'How many there were, those they called among them.',
          schema: z.object({ deleted: z.number() }),
        },
      },
      async handle({ query: { session, flow }, response }) {
        const deleted =
          session === undefined
            ? await log.remove({ by: 'flow', id: flow ?? '' })
            : await log.remove({ by: 'session', id: session })
        response.json({ deleted })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/runs/delete',
      caller: 'operator',
      summary: 'Deletes some runs by their ids, as far as they ended, and those they called.',
      body: {
        schema: z.strictObject({
          ids: z.array(z.string().min(1)).min(1).max(maxDeleted),
        }),
        maxBytes: ofBody,
        examples: { some: { summary: 'One run of a list', value: { ids: [exampleRunId] } } },
      },
      answers: {
        200: {
          description:
            'How many there were, those they called among them. One that is gone already is none.',
          schema: z.object({ deleted: z.number() }),
        },
      },
      async handle({ body: { ids }, response }) {
        response.json({ deleted: await log.remove({ by: 'run', ids }) })
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/runs/:id',
      caller: 'operator',
      summary: 'Deletes a run that ended, with its log, its document and the runs it called.',
      answers: { 204: { description: 'It is gone.' } },
      async handle({ response, ...call }) {
        const { id, state } = await find(paramOf(call, 'id'))
        if (state === 'running') {
          throw new FlowError(
            'conflict',
            `Run "${id}" is running. Stop it, then delete it: POST /api/runs/${id}/stop.`,
          )
        }
        await log.remove({ by: 'run', ids: [id] })
        response.status(204).end()
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/runs/:id/document',
      caller: 'operator',
      summary: 'Reads the flow document that a run ran, saved or not.',
      answers: { 200: { description: 'Its canonical text.', schema: document } },
      async handle({ response, ...call }) {
        const run = await find(paramOf(call, 'id'))
        response.type('json').send(await documentOf(run))
      },
    }),
  ]
}

/** Epoch milliseconds. */
function timeOf(instantText: string | undefined): number | undefined {
  return instantText === undefined ? undefined : Date.parse(instantText)
}
