import { FlowError, isSlug } from '@millrace/flow'
import type { Response } from 'express'
import { z } from 'zod'
import { maxBodyBytes } from '../http/limits.ts'
import { optionalRevision, requiredRevision, tagOf } from '../http/revision.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { RuntimeLoader } from '../runtime.ts'
import type { Connections, ConnectionView } from './connections.ts'

interface Options {
  readonly connections: Connections
  readonly runtime: RuntimeLoader
}

const name = z.string().trim().min(1).max(200)
const fields = z.record(z.string(), z.unknown()).default({})
const viewSchema = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  /** A secret that is stored shows as `{ "set": true }`. */
  fields: z.record(z.string(), z.unknown()),
  locked: z.boolean(),
  builtIn: z.boolean(),
  revision: z.int(),
})
const view = { description: 'The connection, without its secrets.', schema: viewSchema }

/** Connections as designers keep them. */
export function connectionRoutes({ connections, runtime }: Options): readonly Route[] {
  async function openWithKind(id: string) {
    const { kind } = await connections.view(id)
    const { nodes, services } = await runtime.load()
    const rules = nodes.connectionKinds.get(kind)
    if (rules === undefined) {
      throw new FlowError(
        'bad_request',
        `The connection "${id}" is of kind "${kind}", which this server does not know.`,
      )
    }
    return { kind, rules, services, connection: await connections.open(id) }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/connections',
      caller: 'operator',
      summary: 'Lists the connections, the built-in one first.',
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
          id: z.string().refine(isSlug, {
            error: 'holds lower-case letters, digits and hyphens only, at most 64 characters',
          }),
          kind: z.string(),
          name,
          fields,
        }),
        maxBytes: maxBodyBytes,
      },
      answers: { 201: view },
      async handle({ body, response }) {
        sendConnection(response.status(201), await connections.create(body))
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/connections/:id',
      caller: 'operator',
      summary: 'Reads a connection.',
      answers: { 200: view },
      async handle({ response, ...call }) {
        sendConnection(response, await connections.view(paramOf(call, 'id')))
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/connections/:id',
      caller: 'operator',
      summary:
        'Replaces name and fields over the revision in If-Match. A secret that is left out stays, unless the address changes.',
      body: {
        schema: z.object({ id: z.string().optional(), kind: z.string().optional(), name, fields }),
        maxBytes: maxBodyBytes,
      },
      answers: { 200: view },
      async handle({ body, request, response, ...call }) {
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
        const change = { name: body.name, fields: body.fields, basedOn }
        sendConnection(response, await connections.replace(id, change))
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/connections/:id',
      caller: 'operator',
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
      answers: {
        200: {
          description: 'Whether it works, and what to do if it does not.',
          schema: z.object({
            ok: z.boolean(),
            message: z.string(),
            details: z.record(z.string(), z.unknown()).optional(),
          }),
        },
      },
      async handle({ response, ...call }) {
        const { rules, connection, services } = await openWithKind(paramOf(call, 'id'))
        response.json(await rules.test(connection, services))
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
