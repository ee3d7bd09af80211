import { checkCode, type FunctionSandbox } from '@millrace/engine'
import {
  FlowError,
  isRecord,
  parseFlow,
  parseFlowTests,
  serializeFlowTests,
  type Registry,
} from '@millrace/flow'
import type { Response } from 'express'
import { z } from 'zod'
import { freeCopyId } from '../free-copy-id.ts'
import { valueOfJson } from '../database/read-json.ts'
import type { PublishedStates } from '../environments/published-states.ts'
import type { FlowTestStore } from '../flow-tests/flow-test-store.ts'
import { ofFlows } from '../http/limits.ts'
import { optionalRevision, requiredRevision, tagOf } from '../http/revision.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import { exchangeRoutes } from './exchange-routes.ts'
import type { FlowStore, StoredFlow } from './flow-store.ts'
import { flowSummarySchema, summarize } from './flow-summary.ts'
import { problemsOf } from './problems.ts'
import { readDocument, readStored, unreadableError } from './read-document.ts'
import { revisionRoutes } from './revision-routes.ts'

interface Options {
  readonly store: FlowStore
  readonly tests: Pick<FlowTestStore, 'find' | 'save'>
  readonly registry: Registry
  readonly connectionKinds: () => Promise<ReadonlyMap<string, { readonly kind: string }>>
  readonly log: Pick<StoredRunLog, 'latestOfFlows'>
  readonly functions: Pick<FunctionSandbox, 'check'>
  readonly publishedStates: PublishedStates
  /** When the clock starts which flow next, by its id, in epoch milliseconds. */
  readonly nextStarts: () => Promise<ReadonlyMap<string, number>>
}

const document = { schema: z.unknown(), maxBytes: ofFlows(1) }
const documentAnswer = {
  description: 'The document in its canonical text; its revision is the ETag.',
  schema: z.looseObject({ format: z.string(), version: z.number(), id: z.string() }),
}
const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  nodeId: z.string().optional(),
  property: z.string().optional(),
  part: z.array(z.union([z.string(), z.number()])).optional(),
  reference: z.string().optional(),
  instead: z.string().optional(),
  position: z.object({ line: z.number(), column: z.number() }).optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
})

/** Flows as designers keep them. */
export function flowRoutes(options: Options): readonly Route[] {
  const { store, tests, registry, connectionKinds, log, functions, publishedStates, nextStarts } =
    options

  /** A damaged document is neither shown nor copied. */
  async function findReadable(id: string): Promise<StoredFlow> {
    const flow = await store.find(id)
    if (flow === undefined) throw new FlowError('not_found', `There is no flow "${id}".`)
    const read = readStored(flow.text)
    if (read.status === 'unreadable') throw unreadableError(flow, read.problems)
    return flow
  }

  /** Tests that this version cannot read stay with their flow. */
  async function copyTests(from: string, to: string): Promise<void> {
    const stored = await tests.find(from)
    const parsed = stored && parseFlowTests(valueOfJson(stored.text))
    if (parsed?.status !== 'tests') return
    const text = serializeFlowTests({ ...parsed.tests, flow: to })
    await tests.save(to, { text, basedOn: 0 })
  }

  return [
    ...exchangeRoutes({ store, registry, connectionKinds, findReadable }),
    ...revisionRoutes({ store, registry }),

    defineRoute({
      method: 'get',
      path: '/api/flows',
      caller: 'operator',
      summary: 'Lists the flows, with how each stands; or those that were deleted.',
      query: z.object({
        deleted: z.enum(['true', 'false']).default('false').describe('Those that were deleted.'),
      }),
      answers: {
        200: {
          description: 'Every flow, by id; of the deleted ones the last deleted first.',
          schema: z.object({ flows: z.array(flowSummarySchema) }),
        },
      },
      async handle({ query, response }) {
        const [stored, connections, flows, runs, starts] = await Promise.all([
          query.deleted === 'true' ? store.listDeleted() : store.list(),
          connectionKinds(),
          store.ids(),
          log.latestOfFlows(),
          nextStarts(),
        ])
        const published = await publishedStates.of(stored)
        response.json({
          flows: stored.map((flow) =>
            summarize(flow, {
              registry,
              connections,
              flows,
              lastRun: runs.get(flow.id),
              startsNextAt: starts.get(flow.id),
              published: published.get(flow.id),
            }),
          ),
        })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/check',
      caller: 'operator',
      summary: 'Finds the problems of a document, stored or not; any JSON is answered.',
      body: document,
      answers: {
        200: {
          description: 'The problems, errors and warnings; none when the flow can run.',
          schema: z.object({ problems: z.array(problemSchema) }),
        },
      },
      async handle({ body, response }) {
        const [connections, flows] = await Promise.all([connectionKinds(), store.ids()])
        const read = parseFlow(body)
        const ofCode = read.status === 'flow' ? await checkCode(read.flow, registry, functions) : []
        const problems = problemsOf(read, { registry, connections, flows })
        response.json({ problems: [...problems, ...ofCode] })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows',
      caller: 'operator',
      summary: 'Stores a new flow under the id in its document; a taken id is a conflict.',
      body: document,
      answers: { 201: documentAnswer },
      async handle({ body, response }) {
        const { id, text } = readDocument(body)
        sendFlow(response.status(201), await store.create(id, text))
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/flows/:id',
      caller: 'operator',
      summary: 'Reads a flow.',
      answers: { 200: documentAnswer },
      async handle({ response, ...call }) {
        sendFlow(response, await findReadable(paramOf(call, 'id')))
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/flows/:id',
      caller: 'operator',
      ifMatch: 'required',
      summary: 'Saves a flow over the revision in If-Match; a stale one is a conflict.',
      body: document,
      answers: { 200: documentAnswer },
      async handle({ request, response, body, ...call }) {
        const id = paramOf(call, 'id')
        const basedOn = requiredRevision(request)
        const read = readDocument(body)
        if (read.id !== id) {
          throw new FlowError(
            'bad_request',
            `The document has the id "${read.id}", its address "${id}". Make them the same, or store a new flow.`,
            { property: 'id' },
          )
        }
        sendFlow(response, await store.save(id, { text: read.text, basedOn }))
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/flows/:id',
      caller: 'operator',
      ifMatch: 'optional',
      summary: 'Deletes a flow, which can be restored; with If-Match only in that revision.',
      answers: { 204: { description: 'It is deleted.' } },
      async handle({ request, response, ...call }) {
        await store.remove(paramOf(call, 'id'), { basedOn: optionalRevision(request) })
        response.status(204).end()
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/restore',
      caller: 'operator',
      summary:
        'Brings a deleted flow back, with its revisions and tests; a taken id is a conflict.',
      answers: { 200: documentAnswer },
      async handle({ response, ...call }) {
        sendFlow(response, await store.restore(paramOf(call, 'id')))
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/duplicate',
      caller: 'operator',
      summary: 'Stores a copy of a flow, with its tests, under a free id.',
      answers: { 201: documentAnswer },
      async handle({ response, ...call }) {
        const original = await findReadable(paramOf(call, 'id'))
        const [here, deleted] = await Promise.all([store.ids(), store.listDeleted()])
        // A deleted flow keeps its id, so that it can come back.
        const taken = new Set([...here, ...deleted.map((flow) => flow.id)])
        const id = freeCopyId(original.id, taken)
        const { text } = readDocument(copyOf(original.text, id))
        const copy = await store.create(id, text)
        await copyTests(original.id, id)
        sendFlow(response.status(201), copy)
      },
    }),
  ]
}

function sendFlow(response: Response, { text, revision }: StoredFlow): void {
  response.setHeader('ETag', tagOf(revision))
  response.setHeader('Cache-Control', 'no-cache')
  response.type('json').send(text)
}

function copyOf(text: string, id: string): unknown {
  const original: unknown = JSON.parse(text)
  if (!isRecord(original)) return original
  const name = typeof original['name'] === 'string' ? { name: `${original['name']} (copy)` } : {}
  return { ...original, id, ...name }
}
