import { expect } from 'vitest'
import { z } from 'zod'

interface Description {
  readonly paths: Record<string, Record<string, { responses: Record<string, Described> }>>
  readonly components: { readonly schemas: Record<string, JsonSchema> }
}
interface Described {
  readonly content?: Record<string, { readonly schema?: JsonSchema }>
}
type JsonSchema = Parameters<typeof z.fromJSONSchema>[0]

interface Answer {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly json: unknown
}

/** Fails unless an answer of the API is as the server's own description of it says. */
export async function expectDescribed(url: string, answer: Answer): Promise<void> {
  const { pathname } = new URL(answer.path, url)
  if (pathname === '/openapi.json') return
  const answered = await fetch(`${url}/openapi.json`)
  const description = (await answered.json()) as Description // `describeApi` made it
  const schema = schemaOf(description, pathname, answer)
  expect(
    schema,
    `${answer.method} ${pathname} answers an undescribed ${answer.status}`,
  ).toBeDefined()
  const parsed = z.fromJSONSchema(schema ?? {}).safeParse(answer.json)
  expect(parsed.error?.issues ?? []).toEqual([])
}

function schemaOf(
  { paths, components }: Description,
  pathname: string,
  { method, status }: Answer,
): JsonSchema | undefined {
  const template = Object.keys(paths)
    .filter((path) => pathname.match(new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)))
    // A fixed path is more to the point than one with a part that may be anything.
    .toSorted((left, right) => left.split('{').length - right.split('{').length)
    .find((path) => paths[path]?.[method.toLowerCase()] !== undefined)
  const operation = paths[template ?? '']?.[method.toLowerCase()]
  const own = operation?.responses[status]?.content?.['application/json']?.schema
  const error = components.schemas[pathname.startsWith('/v1/') ? 'OpenAiError' : 'Error']
  // What is no route answers with an error too, and an error may have any status.
  return status >= 400 && !isInline(own) ? error : own
}

function isInline(schema: JsonSchema | undefined): schema is JsonSchema {
  return schema !== undefined && !(typeof schema === 'object' && '$ref' in schema)
}
