import { FlowError, type Registry } from '@millrace/flow'
import { z } from 'zod'
import { defineRoute, paramOf, type Call, type Route } from '../http/route.ts'
import { countChanges } from './count-changes.ts'
import type { FlowStore, StoredRevision } from './flow-store.ts'
import { readStored, unreadableError } from './read-document.ts'
import { revisionMissing } from './revision-missing.ts'

interface Options {
  readonly store: FlowStore
  readonly registry: Registry
}

const revisionSchema = z.object({
  revision: z.int(),
  savedAt: z.iso.datetime(),
  /** What a designer calls it; `null` while it has no name. */
  name: z.string().nullable(),
  /** How many differences there are to the one before; `null` where that cannot be told. */
  changes: z.int().nullable(),
})

const pageQuery = z.object({
  before: z.coerce.number().int().positive().optional().describe('Only those before this one.'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('How many at most.'),
})

const nameBody = z.strictObject({ name: z.string().trim().min(1).max(80).nullable() })

/** The revisions of flows that are there, or were deleted. */
export function revisionRoutes({ store, registry }: Options): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/flows/:id/revisions',
      caller: 'operator',
      summary: 'Lists the revisions of a flow, the newest first; a deleted one keeps them.',
      query: pageQuery,
      answers: {
        200: {
          description: 'One page; `next` is the `before` of the page after it, `null` on the last.',
          schema: z.object({ revisions: z.array(revisionSchema), next: z.int().nullable() }),
        },
      },
      async handle({ query: { before, limit }, response, ...call }) {
        const id = paramOf(call, 'id')
        // One more than is shown: the last one's changes are told against it.
        const stored = await store.revisions(id, { before, limit: limit + 1 })
        if (stored.length === 0 && before === undefined)
          throw new FlowError('not_found', `There is no flow "${id}".`)
        const shown = stored.slice(0, limit)
        const counts = await countChanges(stored, registry)
        response.json({
          revisions: shown.map((one, index) => answerOf(one, counts[index])),
          next: stored.length > limit ? (shown.at(-1)?.revision ?? null) : null,
        })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/flows/:id/revisions/:revision',
      caller: 'operator',
      summary: 'Reads a flow as it was saved once.',
      answers: {
        200: {
          description: 'The document in its canonical text.',
          schema: z.looseObject({ format: z.string(), version: z.number(), id: z.string() }),
        },
      },
      async handle({ response, ...call }) {
        const id = paramOf(call, 'id')
        const number = revisionOf(call)
        const stored = await store.findRevision(id, number)
        if (stored === undefined) throw revisionMissing(id, number)
        const read = readStored(stored.text)
        if (read.status === 'unreadable')
          throw unreadableError({ id, text: stored.text }, read.problems)
        // What was saved never changes, but it may be thinned out.
        response.setHeader('Cache-Control', 'private, max-age=3600')
        response.type('json').send(stored.text)
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/flows/:id/revisions/:revision/name',
      caller: 'operator',
      summary: 'Names a revision, which keeps it for ever; `null` takes the name away.',
      body: { schema: nameBody, maxBytes: () => 1024 },
      answers: { 200: { description: 'As it is called now.', schema: revisionSchema } },
      async handle({ body, response, ...call }) {
        const id = paramOf(call, 'id')
        const named = await store.nameRevision(id, revisionOf(call), body.name ?? undefined)
        const pair = [named, ...(await store.revisions(id, { before: named.revision, limit: 1 }))]
        response.json(answerOf(named, (await countChanges(pair, registry))[0]))
      },
    }),
  ]
}

function revisionOf(call: Pick<Call<unknown, unknown>, 'params'>): number {
  const text = paramOf(call, 'revision')
  if (/^[1-9][0-9]{0,14}$/.test(text)) return Number(text)
  throw new FlowError('bad_request', `"${text}" is no revision. Revisions are numbers from 1.`, {
    property: 'revision',
  })
}

function answerOf(
  { revision, savedAt, name }: StoredRevision,
  changes: number | undefined,
): z.infer<typeof revisionSchema> {
  return {
    revision,
    savedAt: new Date(savedAt).toISOString(),
    name: name ?? null,
    changes: changes ?? null,
  }
}
