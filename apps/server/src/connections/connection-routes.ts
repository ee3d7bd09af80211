import { FlowError, isSlug, type Registry } from '@millrace/flow'
import type { Response } from 'express'
import { z } from 'zod'
import type { FlowStore } from '../flows/flow-store.ts'
import { freeCopyId } from '../free-copy-id.ts'
import { ofBody } from '../http/limits.ts'
import { optionalRevision, requiredRevision, tagOf } from '../http/revision.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { RuntimeLoader } from '../runtime.ts'
import type { ConnectionsIn } from '../variables/connections-in.ts'
import { expectOwnSecrets } from '../variables/expect-own-secrets.ts'
import { testAnswer, usesAnswer, viewAnswer, viewSchema } from './connection-answers.ts'
import { findConnectionUses } from './connection-uses.ts'
import type { Connections, ConnectionView } from './connections.ts'

interface Options {
  readonly connections: Connections
  readonly connectionsIn: ConnectionsIn
  readonly runtime: RuntimeLoader
  readonly flows: Pick<FlowStore, 'list'>
  readonly registry: Registry
}

const newId = z.string().refine(isSlug, {
  error: 'holds lower-case letters, digits and hyphens only, at most 64 characters',
})
const name = z.string().trim().min(1).max(200)
const fields = z.record(z.string(), z.unknown()).default({})
/** Connections as designers keep them. */
export function connectionRoutes(options: Options): readonly Route[] {
  const { connections, connectionsIn, runtime, flows, registry } = options
  async function openWithKind(id: string) {
    const { kind } = await connections.view(id)
    return {
      kind,
      ...(await rulesOf(kind)),
      connection: await connectionsIn.open(id, 'development'),
    }
  }

  async function rulesOf(kind: string) {
    const { nodes, services } = await runtime.load()
    const rules = nodes.connectionKinds.get(kind)
    if (rules === undefined) {
      const known = registry.connections.get(kind)
      throw new FlowError(
        'bad_request',
        known === undefined
          ? `There is no connection of kind "${kind}" on this server.`
          : `Connections of the kind "${known.title}" have no test. Run a flow that uses it.`,
        { property: 'kind' },
      )
    }
    return { rules, services }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/connections',
      caller: 'operator',
      summary: 'Lists the connections, the built-in ones first.',
      answers: {
        200: {
          description: 'The connections, without their secrets.',
          schema: z.object({ connections: z.array(viewSchema) }),
        },
      },
      async handle({ response }) {
        response.json({ connections: await connections.list() })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/connections',
      caller: 'operator',
      summary: 'Creates a connection.',
      body: {
        schema: z.object({
          id: newId,
          kind: z.string(),
          name,
          fields,
        }),
        maxBytes: ofBody,
      },
      answers: { 201: viewAnswer },
      async handle({ body, principal, response }) {
        expectOwnSecrets(principal, { ...body, definition: registry.connections.get(body.kind) })
        sendConnection(response.status(201), await connections.create(body))
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/connections/:id',
      caller: 'operator',
      summary: 'Reads a connection.',
      answers: { 200: viewAnswer },
      async handle({ response, ...call }) {
        sendConnection(response, await connections.view(paramOf(call, 'id')))
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/connections/:id',
      caller: 'operator',
      ifMatch: 'required',
      summary:
        'Replaces name and fields over the revision in If-Match. A secret that is left out stays, unless the address changes.',
      body: {
        schema: z.object({ id: z.string().optional(), kind: z.string().optional(), name, fields }),
        maxBytes: ofBody,
      },
      answers: { 200: viewAnswer },
      async handle({ body, principal, request, response, ...call }) {
        const id = paramOf(call, 'id')
        const basedOn = requiredRevision(request)
        const current = await connections.view(id)
        for (const part of ['id', 'kind'] as const) {
          if (body[part] === undefined || body[part] === current[part]) continue
          throw new FlowError(
            'bad_request',
            `The ${part} of the connection "${id}" is "${current[part]}" and stays so. Create another connection instead.`,
            { property: part },
          )
        }
        const definition = registry.connections.get(current.kind)
        expectOwnSecrets(principal, { definition, fields: body.fields })
        const change = { name: body.name, fields: body.fields, basedOn }
        sendConnection(response, await connections.replace(id, change))
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/connections/:id',
      caller: 'operator',
      ifMatch: 'optional',
      summary: 'Deletes a connection; with If-Match only in that revision.',
      answers: { 204: { description: 'It is deleted.' } },
      async handle({ request, response, ...call }) {
        await connections.remove(paramOf(call, 'id'), { basedOn: optionalRevision(request) })
        response.status(204).end()
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/connections/:id/test',
      caller: 'operator',
      summary: 'Tries a connection; one that does not work is an answer, not an error.',
      answers: { 200: testAnswer },
      async handle({ response, ...call }) {
        const { rules, connection, services } = await openWithKind(paramOf(call, 'id'))
        response.json(await rules.test(connection, services))
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/connections/test',
      caller: 'operator',
      summary:
        'Tries a connection that is not stored. With the id of a stored one, its secrets are used where the address is the same.',
      body: {
        schema: z.object({ id: z.string().optional(), kind: z.string(), name, fields }),
        maxBytes: ofBody,
      },
      answers: { 200: testAnswer },
      async handle({ body: { id, ...draft }, principal, response }) {
        expectOwnSecrets(principal, { ...draft, definition: registry.connections.get(draft.kind) })
        const unsaved = await connections.openUnsaved({ ...draft, storedId: id })
        const connection = await connectionsIn.resolve(unsaved, 'development')
        const { rules, services } = await rulesOf(connection.kind)
        response.json(await rules.test(connection, services))
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/connections/:id/duplicate',
      caller: 'operator',
      summary: 'Stores a copy, with its secrets, under a free id or the one in the body.',
      body: {
        schema: z.object({ id: newId.optional(), name: name.optional() }).optional(),
        maxBytes: ofBody,
      },
      answers: { 201: viewAnswer },
      async handle({ body, response, ...call }) {
        const original = await connections.view(paramOf(call, 'id'))
        const taken = new Set((await connections.list()).map(({ id }) => id))
        const copy = await connections.duplicate(original.id, {
          id: body?.id ?? freeCopyId(original.id, taken),
          name: body?.name ?? `${original.name.slice(0, 193)} (copy)`,
        })
        sendConnection(response.status(201), copy)
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/connection-uses',
      caller: 'operator',
      summary: 'Says which flows use which connections, and in which of their nodes.',
      query: z.object({
        connection: z.string().optional().describe('The id of one; without it, all of them.'),
      }),
      answers: { 200: usesAnswer },
      async handle({ query, response }) {
        const { byConnection, unreadFlows } = findConnectionUses(await flows.list(), registry)
        const found = [...byConnection].map(([id, using]) => ({ id, flows: using }))
        const wanted = query.connection
        response.json({
          connections: found.filter(({ id }) => wanted === undefined || id === wanted),
          unreadFlows,
        })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/connections/:id/models',
      caller: 'operator',
      summary: 'Lists the models that a connection offers.',
      answers: {
        200: {
          description: 'The ids of the models.',
          schema: z.object({ models: z.array(z.string()) }),
        },
      },
      async handle({ response, ...call }) {
        const { kind, rules, connection, services } = await openWithKind(paramOf(call, 'id'))
        if (rules.models === undefined) {
          throw new FlowError('bad_request', `Connections of kind "${kind}" have no models.`)
        }
        response.json({ models: await rules.models(connection, services) })
      },
    }),
  ]
}

function sendConnection(response: Response, connection: ConnectionView): void {
  response.setHeader('ETag', tagOf(connection.revision))
  response.json(connection)
}
