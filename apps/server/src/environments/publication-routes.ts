import { invalidFlow } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { z } from 'zod'
import type { FlowStore, StoredFlow } from '../flows/flow-store.ts'
import type { Plans } from '../flows/plans.ts'
import { revisionMissing } from '../flows/revision-missing.ts'
import { defineRoute, paramOf, type Call, type Route } from '../http/route.ts'
import type { VariableProblems } from '../variables/variable-problems.ts'
import { publishedEnvironments } from './environment.ts'
import type { PublicationStore } from './publication-store.ts'
import { publishedStateSchema, type PublishedStates } from './published-states.ts'

interface Options {
  readonly flows: Pick<FlowStore, 'find' | 'findRevision'>
  readonly publications: PublicationStore
  readonly publishedStates: PublishedStates
  readonly plans: Plans
  readonly variableProblems: VariableProblems
}

const environment = z.enum(publishedEnvironments, {
  error: `is one of ${publishedEnvironments.join(', ')}; development is the saved draft, to which nothing is published`,
})

const publicationSchema = z.object({
  environment: z.enum(publishedEnvironments),
  revision: z.int(),
  publishedAt: z.iso.datetime(),
})

/** So many entries of what was published are shown. */
const maxHistory = 100

/** Publishing flows, and taking back what is published. */
export function publicationRoutes(options: Options): readonly Route[] {
  const { flows, publications, publishedStates, plans, variableProblems } = options

  async function draftOf(call: Pick<Call<unknown, unknown>, 'params'>): Promise<StoredFlow> {
    const id = paramOf(call, 'id')
    const flow = await flows.find(id)
    if (flow === undefined) throw new FlowError('not_found', `There is no flow "${id}".`)
    return flow
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/flows/:id/publications',
      caller: 'operator',
      summary: 'Tells what is published of a flow, and what was.',
      answers: {
        200: {
          description: 'The history is the latest first; without a revision it was unpublished.',
          schema: z.object({
            published: z.array(publishedStateSchema),
            history: z.array(publicationSchema.extend({ revision: z.int().nullable() })),
          }),
        },
      },
      async handle({ response, ...call }) {
        const draft = await draftOf(call)
        const [states, entries] = await Promise.all([
          publishedStates.of([draft]),
          publications.history(draft.id, maxHistory),
        ])
        response.json({
          published: states.get(draft.id) ?? [],
          history: entries.map((entry) => ({
            ...entry,
            publishedAt: new Date(entry.publishedAt).toISOString(),
          })),
        })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/publish',
      caller: 'operator',
      summary:
        'Publishes the saved flow, or a revision of it, to an environment; an older one rolls back.',
      body: {
        schema: z.strictObject({ environment, revision: z.int().positive().optional() }),
        maxBytes: () => 1024,
      },
      answers: {
        200: {
          description: 'Clients of the environment run it from now on.',
          schema: publicationSchema,
        },
      },
      async handle({ body, response, ...call }) {
        const draft = await draftOf(call)
        const { id } = draft
        const revision = body.revision ?? draft.revision
        const stored = await flows.findRevision(id, revision)
        if (stored === undefined) throw revisionMissing(id, revision)
        // What cannot run is not published: throws with its problems.
        const plan = await plans.of({ id, text: stored.text })
        const problems = await variableProblems(plan.flow, body.environment)
        if (problems.length > 0) throw invalidFlow(problems)
        const {
          publishedAt,
          flowId: _,
          ...published
        } = await publications.publish(id, {
          environment: body.environment,
          revision,
        })
        response.json({ ...published, publishedAt: new Date(publishedAt).toISOString() })
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/flows/:id/publish',
      caller: 'operator',
      summary: 'Unpublishes a flow: for the clients of the environment it is not there any more.',
      query: z.object({ environment: environment.describe('Where it is taken back.') }),
      answers: { 204: { description: 'It is not published there.' } },
      async handle({ query, response, ...call }) {
        await publications.unpublish(paramOf(call, 'id'), query.environment)
        response.status(204).end()
      },
    }),
  ]
}
