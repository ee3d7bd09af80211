import { z } from 'zod'
import { errorAnswerSchema } from './error-answer.ts'
import { isOpenAiPath, openAiErrorSchema } from './openai-error.ts'
import type { AnswerDescription, Route } from './route.ts'

/** The OpenAPI 3.1 document of the route table: the schemas are the ones that check requests. */
export function describeApi(routes: readonly Route[], version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Millrace', version },
    paths,
    components: {
      schemas: {
        Error: schemaOf(errorAnswerSchema, 'output'),
        OpenAiError: schemaOf(openAiErrorSchema, 'output'),
      },
    },
  }
}

function operationOf(route: Route): unknown {
  const answers = Object.entries(route.answers).map(([status, answer]) => [
    status,
    answerOf(answer),
  ])
  return {
    summary: route.summary,
    'x-caller': route.caller,
    parameters: [
      ...pathParameters(route.path),
      ...queryParameters(route.query),
      ...headerParameters(route),
    ],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            content: { 'application/json': { schema: schemaOf(route.body.schema, 'input') } },
          },
        }),
    responses: {
      ...Object.fromEntries(answers),
      default: {
        description: 'What went wrong, and what to do.',
        content: { 'application/json': { schema: { $ref: errorSchemaOf(route) } } },
      },
    },
  }
}

function errorSchemaOf({ path }: Route): string {
  return `#/components/schemas/${isOpenAiPath(path) ? 'OpenAiError' : 'Error'}`
}

function answerOf({ description, schema, contentTypes }: AnswerDescription): unknown {
  const contents = [
    ...(schema === undefined ? [] : [['application/json', { schema: schemaOf(schema, 'output') }]]),
    ...(contentTypes ?? []).map((type) => [type, { schema: {} }]),
  ]
  return {
    description,
    ...(contents.length === 0 ? {} : { content: Object.fromEntries(contents) }),
  }
}

function pathParameters(path: string): readonly unknown[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType | undefined): readonly unknown[] {
  if (query === undefined) return []
  const { properties = {} } = z.toJSONSchema(query, { io: 'output' })
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
}

function headerParameters({ ifMatch, hasIdempotencyKey }: Route): readonly unknown[] {
  return [
    ...(ifMatch === undefined
      ? []
      : [
          {
            name: 'If-Match',
            in: 'header',
            description: 'The ETag of the revision that the change is based on, such as "3".',
            required: ifMatch === 'required',
            schema: { type: 'string' },
          },
        ]),
    ...(hasIdempotencyKey === undefined
      ? []
      : [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description:
              'Chosen by the client for one start. Sent again, it answers with the run of the first, for as long as that is kept; with another call or body it is a conflict.',
            required: false,
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
        ]),
  ]
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io })
  return described
}
