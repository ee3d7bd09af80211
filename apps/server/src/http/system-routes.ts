import { createHash } from 'node:crypto'
import { flowJsonSchema, flowTestsJsonSchema, type Registry } from '@millrace/flow'
import { z } from 'zod'
import type { ServerState } from '../server-state.ts'
import { version } from '../version.ts'
import { describeApi } from './openapi.ts'
import { defineRoute, type Call, type Route } from './route.ts'

interface Options {
  readonly state: ServerState
  readonly registry: Registry
  /** The other routes, which `GET /openapi.json` describes with these. */
  readonly routes: readonly Route[]
  readonly basePath: string
}

const health = z.object({ status: z.string(), version: z.string() })

const readiness = {
  200: { description: 'It is ready.', schema: health },
  503: { description: 'It is starting or draining.', schema: health },
}

/** What the server says of itself. */
export function systemRoutes({ state, registry, routes, basePath }: Options): readonly Route[] {
  function answerReadiness({ response }: Pick<Call<unknown, unknown>, 'response'>): void {
    const isReady = state.status === 'ready'
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : state.status, version })
  }

  let description: unknown
  let definitions: Definitions | undefined
  const own: readonly Route[] = [
    defineRoute({
      method: 'get',
      path: '/api/health',
      caller: 'anyone',
      summary: 'Says whether the server is ready.',
      answers: readiness,
      handle: answerReadiness,
    }),
    defineRoute({
      method: 'get',
      path: '/api/health/live',
      caller: 'anyone',
      summary:
        'Says that the process answers, also while it starts or drains: who does not is restarted.',
      answers: { 200: { description: 'It lives.', schema: health } },
      handle({ response }) {
        response.json({ status: 'ok', version })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/health/ready',
      caller: 'anyone',
      summary: 'Says whether the server takes requests: who does not gets none, and is left alone.',
      answers: readiness,
      handle: answerReadiness,
    }),
    defineRoute({
      method: 'get',
      path: '/api/nodes',
      caller: 'operator',
      summary: 'Lists the definitions of all nodes and kinds of connection.',
      answers: {
        200: {
          description: 'The definitions, in the order of the palette.',
          schema: z.object({
            nodes: z.array(z.looseObject({ type: z.string(), version: z.int() })),
            connections: z.array(z.looseObject({ kind: z.string() })),
          }),
        },
        304: { description: 'They are those of the tag in `If-None-Match`.' },
      },
      handle({ request, response }) {
        definitions ??= describeDefinitions(registry)
        // Asked at each start of an editor, and the same until the server is another one.
        response.setHeader('Cache-Control', 'no-cache').setHeader('ETag', definitions.tag)
        if (request.headers['if-none-match'] === definitions.tag) response.status(304).end()
        else response.type('json').send(definitions.text)
      },
    }),
    defineRoute({
      method: 'get',
      path: '/schemas/flow-1.json',
      caller: 'anyone',
      summary: 'The JSON Schema of flow documents, by which an editor of files validates them.',
      answers: { 200: { description: 'A JSON Schema, draft 2020-12.', schema: z.looseObject({}) } },
      handle({ response }) {
        response.setHeader('Cache-Control', 'no-cache').json(flowJsonSchema())
      },
    }),
    defineRoute({
      method: 'get',
      path: '/schemas/flow-test-1.json',
      caller: 'anyone',
      summary: 'The JSON Schema of files of flow tests, likewise.',
      answers: { 200: { description: 'A JSON Schema, draft 2020-12.', schema: z.looseObject({}) } },
      handle({ response }) {
        response.setHeader('Cache-Control', 'no-cache').json(flowTestsJsonSchema())
      },
    }),
    defineRoute({
      method: 'get',
      path: '/openapi.json',
      caller: 'anyone',
      summary: 'Describes this API.',
      answers: { 200: { description: 'An OpenAPI 3.1 document.', schema: z.looseObject({}) } },
      handle({ response }) {
        description ??= describeApi([...own, ...routes], { version, basePath })
        response.json(description)
      },
    }),
  ]
  return own
}

interface Definitions {
  readonly text: string
  readonly tag: string
}

function describeDefinitions({ nodes, connections }: Registry): Definitions {
  const text = JSON.stringify({
    nodes: [...nodes.values()],
    connections: [...connections.values()],
  })
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url')}"` }
}
