import {
  connectionsOf,
  diffFlows,
  FlowError,
  formatDiff,
  parseFlow,
  type Flow,
  type Registry,
} from '@millrace/flow'
import { z } from 'zod'
import { ofFlows } from '../http/limits.ts'
import { optionalRevision, tagOf } from '../http/revision.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { FlowStore, StoredFlow } from './flow-store.ts'
import { malformedError, readDocument } from './read-document.ts'
import { newerProblem } from './problems.ts'

interface Options {
  readonly store: FlowStore
  readonly registry: Registry
  readonly connectionKinds: () => Promise<ReadonlyMap<string, { readonly kind: string }>>
  /** Throws when there is none, or it is damaged. */
  readonly findReadable: (id: string) => Promise<StoredFlow>
}

const importSchema = z.object({
  id: z.string(),
  revision: z.int(),
  /** `unchanged` when the very same document was there already. */
  change: z.enum(['created', 'updated', 'unchanged']),
  /** The connections that the flow names, and whether one of that id and a kind that fits is here. */
  connections: z.array(
    z.object({ id: z.string(), kinds: z.array(z.string()), isHere: z.boolean() }),
  ),
})

const diffSchema = z.object({
  changed: z.array(z.looseObject({ what: z.string() })),
  rewired: z.array(z.looseObject({ what: z.string(), change: z.string() })),
  moved: z.array(z.looseObject({ what: z.string() })),
  /** The same as lines for people. */
  text: z.string(),
})

/** Flows as files: out of the server, into it, and two of them side by side. */
export function exchangeRoutes(options: Options): readonly Route[] {
  const { store, registry, connectionKinds, findReadable } = options

  async function put(id: string, text: string, basedOn: number | undefined) {
    const stored = await store.find(id)
    if (stored?.text === text) return { flow: stored, change: 'unchanged' as const }
    return basedOn === undefined
      ? { flow: await store.create(id, text), change: 'created' as const }
      : { flow: await store.save(id, { text, basedOn }), change: 'updated' as const }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/flows/:id/export',
      caller: 'operator',
      summary: 'Reads a flow as a file: its canonical text, as it is kept in git.',
      answers: {
        200: {
          description: 'The document; its revision is the ETag.',
          schema: z.looseObject({ format: z.string(), version: z.number(), id: z.string() }),
        },
      },
      async handle({ response, ...call }) {
        const { id, text, revision } = await findReadable(paramOf(call, 'id'))
        response.setHeader('ETag', tagOf(revision))
        response.attachment(`${id}.json`).type('json').send(text)
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/import',
      caller: 'operator',
      ifMatch: 'optional',
      summary:
        'Stores the flow of a file under its id, and lists the connections that it asks for; over a flow that is there only with its revision in If-Match.',
      body: { schema: z.unknown(), maxBytes: ofFlows(1) },
      answers: {
        200: { description: 'It was there, or took the place of what was.', schema: importSchema },
        201: { description: 'It is new.', schema: importSchema },
      },
      async handle({ request, response, body }) {
        const { id, text } = readDocument(body)
        const { flow, change } = await put(id, text, optionalRevision(request))
        const kinds = await connectionKinds()
        const parsed = parseFlow(body)
        const needed = parsed.status === 'flow' ? connectionsOf(parsed.flow, registry) : new Map()
        response.setHeader('ETag', tagOf(flow.revision))
        response.status(change === 'created' ? 201 : 200).json({
          id,
          revision: flow.revision,
          change,
          connections: [...needed].map(([name, fitting]: [string, readonly string[]]) => ({
            id: name,
            kinds: fitting,
            isHere: fitting.includes(kinds.get(name)?.kind ?? ''),
          })),
        })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/diff',
      caller: 'operator',
      summary: 'Tells how two versions of a flow differ: changed, rewired, moved.',
      body: {
        schema: z.strictObject({ before: z.unknown(), after: z.unknown() }),
        maxBytes: ofFlows(2),
      },
      answers: {
        200: { description: 'The differences; none is empty lists.', schema: diffSchema },
      },
      handle({ body, response }) {
        const diff = diffFlows(flowOf(body.before), flowOf(body.after), registry)
        response.json({ ...diff, text: formatDiff(diff) })
      },
    }),
  ]
}

/** A flow of this version; only of such can be told what differs. */
function flowOf(document: unknown): Flow {
  const parsed = parseFlow(document)
  switch (parsed.status) {
    case 'flow':
      return parsed.flow
    case 'newer':
      throw new FlowError('bad_request', newerProblem(parsed.version).message)
    case 'malformed':
      throw malformedError(parsed.problems)
  }
}
