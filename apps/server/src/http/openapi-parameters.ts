import { z } from 'zod'
import type { Route } from './route.ts'

/** The parameters of a route as OpenAPI describes them: of its path, its query and its headers. */
export function parametersOf(route: Route): readonly object[] {
  return [
    ...pathParameters(route.path),
    ...queryParameters(route.query),
    ...headerParameters(route),
  ]
}

function pathParameters(path: string): readonly object[] {
  const parts = path.split('/')
  return parts.flatMap((part, index) =>
    part.startsWith(':')
      ? {
          name: part.slice(1),
          in: 'path',
          description: pathPartInWords(part.slice(1), parts[index - 1] ?? ''),
          required: true,
          schema: { type: 'string' },
        }
      : [],
  )
}

/** An id is of what stands before it: `/flows/:id` of a flow. */
function pathPartInWords(name: string, before: string): string {
  if (name === 'id') return `The id of the ${before.replace(/s$/, '')}.`
  return name.endsWith('Id') ? `The id of the ${name.slice(0, -2)}.` : `The ${name}.`
}

function queryParameters(query: z.ZodType | undefined): readonly object[] {
  if (query === undefined) return []
  const { properties = {} } = z.toJSONSchema(query, { io: 'output' })
  // What has a default is there afterwards; whether it must be sent, the input knows.
  const { required = [] } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as z.core.JSONSchema.BaseSchema // of a schema of ours
    return { name, in: 'query', description, required: required.includes(name), schema }
  })
}

function headerParameters({ ifMatch, hasIdempotencyKey, headers = {} }: Route): readonly object[] {
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
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header',
      description,
      required: false,
      schema: { type: 'string' },
    })),
  ]
}
