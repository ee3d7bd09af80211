const error = { $ref: '#/components/schemas/Error' }

function refusals(...statuses: readonly number[]) {
  return Object.fromEntries(
    [...statuses, 'default'].map((status) => [
      status,
      {
        description:
          status === 'default' ? 'What went wrong, and what to do.' : 'Why it is refused.',
        content: { 'application/json': { schema: error } },
      },
    ]),
  )
}

const flowId = {
  name: 'id',
  in: 'path',
  description: 'The id of the flow.',
  required: true,
  schema: { type: 'string' },
}

const byKey =
  'A key with the policy `execute` may call it; nobody needs one while the server listens on loopback and has no keys.'

/** A part of what a server says of its API. */
export const sampleApi = {
  openapi: '3.1.0',
  info: {
    title: 'Millrace',
    version: '0.1.0',
    description:
      'Runs flows, and keeps them. Every answer that belongs to a run carries `x-run-id`.',
  },
  tags: [
    { name: 'Run a flow', description: 'Starts a flow by its id.' },
    { name: 'Flows', description: 'Documents: written, read, compared and tested.' },
  ],
  paths: {
    '/api/flows/{id}/stream': {
      post: {
        operationId: 'postFlowsByIdStream',
        tags: ['Run a flow'],
        summary: 'Runs a flow and sends each value as it is yielded.',
        description: byKey,
        security: [{ key: [] }],
        parameters: [
          flowId,
          {
            name: 'Idempotency-Key',
            in: 'header',
            description:
              'Chosen by the client for one start. Sent again, it answers with the run of the first, for as long as that is kept; with another call or body it is a conflict.',
            required: false,
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
        ],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { type: 'object', description: 'The input of the trigger.' },
              examples: {
                chat: {
                  summary: 'Of a flow with a Chat completion trigger',
                  value: { sessionId: 's1', prompt: 'What is Millrace?' },
                },
              },
            },
          },
        },
        responses: {
          200: {
            description: 'SSE by default, by Accept also NDJSON or one JSON array.',
            content: {
              'text/event-stream': {
                schema: { type: 'string' },
                example: 'id: 3\nevent: yield\ndata: "Hel"\n\nid: 6\nevent: end\ndata: {}\n\n',
              },
            },
          },
          ...refusals(400, 401, 403, 404, 409, 413, 415, 429),
        },
      },
    },
    '/api/flows/{id}': {
      put: {
        operationId: 'putFlowsById',
        tags: ['Flows'],
        summary: 'Replaces a flow.',
        description: 'The operator may call it, or a key with the policy `configure`.',
        security: [{ session: [] }],
        parameters: [
          flowId,
          {
            name: 'If-Match',
            in: 'header',
            description: 'The ETag of the revision that the change is based on, such as "3".',
            required: true,
            schema: { type: 'string' },
          },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['format', 'nodes'],
                properties: {
                  format: { const: 'millrace/flow' },
                  nodes: { type: 'array', items: { type: 'object' } },
                },
              },
            },
          },
        },
        responses: { 200: { description: 'It is stored.' }, ...refusals(404, 428) },
      },
    },
    '/api/flows': {
      get: {
        operationId: 'getFlows',
        tags: ['Flows'],
        summary: 'Lists the flows, with how each stands; or those that were deleted.',
        description: 'The operator may call it, or a key with the policy `configure`.',
        security: [{ session: [] }],
        parameters: [],
        responses: { 200: { description: 'Every flow.' }, ...refusals() },
      },
    },
  },
}
