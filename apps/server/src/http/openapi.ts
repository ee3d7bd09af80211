import { z } from 'zod'
import { errorAnswerSchema } from './error-answer.ts'
import { openAiErrorSchema } from './openai-error.ts'
import { errorAnswersOf } from './openapi-errors.ts'
import { apiGroups, groupOf } from './openapi-groups.ts'
import { parametersOf } from './openapi-parameters.ts'
import { callerInWords, securityOf, securitySchemes } from './openapi-security.ts'
import type { AnswerDescription, BodyRule, Route } from './route.ts'

/** The OpenAPI 3.1 document of the route table: the schemas are the ones that check requests. */
export function describeApi(
  routes: readonly Route[],
  { version, basePath }: { readonly version: string; readonly basePath: string },
): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = openApiPath(route)
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  const used = new Set(Object.keys(paths).map(groupOf))
  return {
    openapi: '3.1.0',
    info: { title: 'Millrace', version, description },
    servers: [{ url: basePath === '' ? '/' : basePath, description: 'This server' }],
    tags: apiGroups
      .filter(({ name }) => used.has(name))
      .map(({ name, description: text }) => ({ name, description: text })),
    paths,
    components: {
      securitySchemes,
      schemas: {
        Error: schemaOf(errorAnswerSchema, 'output'),
        OpenAiError: schemaOf(openAiErrorSchema, 'output'),
      },
    },
  }
}

const description =
  'Runs flows, and keeps them. Every answer that belongs to a run carries `x-run-id`. An error says what happened and what to do; a visitor of a chat, whom its words are not for, learns what they can do themselves, and else `internal` and `retryable`. The WebSocket `/api/live` follows runs too.'

function openApiPath({ path }: Route): string {
  return path.replaceAll(/:(\w+)/g, '{$1}')
}

function operationOf(route: Route): unknown {
  const answers = Object.entries(route.answers).map(([status, answer]) => [
    status,
    answerOf(answer),
  ])
  return {
    operationId: operationIdOf(route),
    tags: [groupOf(openApiPath(route))],
    summary: route.summary,
    description: callerInWords[route.caller],
    'x-caller': route.caller,
    security: securityOf(route.caller),
    parameters: parametersOf(route),
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route.body) }),
    responses: { ...errorAnswersOf(route), ...Object.fromEntries(answers) },
  }
}

/** `postFlowsByIdRun`: what programs that write clients name a call by. */
function operationIdOf({ method, path }: Route): string {
  const words = path
    .replace(/^\/api/, '')
    .replaceAll(/:(\w+)/g, 'by-$1')
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean)
  return [method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('')
}

function requestBodyOf({ schema, examples }: BodyRule<unknown>): unknown {
  return {
    required: !schema.safeParse(undefined).success,
    content: {
      'application/json': {
        schema: schemaOf(schema, 'input'),
        ...(examples === undefined ? {} : { examples }),
      },
    },
  }
}

function answerOf(answer: AnswerDescription): unknown {
  const { schema, contentTypes = [], examples = {} } = answer
  const contents = [
    ...(schema === undefined ? [] : [['application/json', { schema: schemaOf(schema, 'output') }]]),
    ...contentTypes.map((type) => [
      type,
      {
        // JSON that streams is a list of whatever a flow yields; the rest is text to who reads it.
        schema: type === 'application/json' ? {} : { type: 'string' },
        ...(examples[type] === undefined ? {} : { example: examples[type] }),
      },
    ]),
  ]
  return {
    description: answer.description,
    ...(answer.isOfRun === true ? { headers: runHeaders } : {}),
    ...(contents.length === 0 ? {} : { content: Object.fromEntries(contents) }),
  }
}

const runHeaders = {
  'x-run-id': {
    description: 'The run that answers: GET /api/runs/{id}.',
    schema: { type: 'string' },
  },
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io })
  return described
}
