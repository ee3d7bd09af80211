import { expect, it } from 'vitest'
import { describe as readDescription } from './api-description.ts'
import { findOperations } from './find-operations.ts'
import { operationCurl } from './operation-curl.ts'
import { schemaExample } from './schema-example.ts'
import { schemaText } from './schema-text.ts'

const document = {
  info: { version: '1', description: 'All of it.' },
  tags: [{ name: 'Flows', description: 'Documents.' }, { name: 'Empty' }],
  paths: {
    '/api/flows/{id}/revisions/{revision}': {
      put: {
        operationId: 'putIt',
        tags: ['Flows'],
        summary: 'Names a revision.',
        security: [{ key: [] }],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
          { name: 'env', in: 'query', required: true, schema: { enum: ['a', 'b'] } },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['name'],
                properties: { name: { type: 'string' } },
              },
            },
          },
        },
        responses: { 204: { description: 'Done.' } },
      },
    },
  },
}

it('reads the calls of each group', () => {
  const { groups, version } = readDescription(document)
  expect(version).toBe('1')
  expect(groups.map(({ name, operations }) => [name, operations.map(({ id }) => id)])).toEqual([
    ['Flows', ['putIt']],
    ['Empty', []],
  ])
  expect(() => readDescription('<html>')).toThrow('description of the API')
})

it('finds calls by every word of a query', () => {
  const { groups } = readDescription(document)
  const found = (query: string) => findOperations(groups, query).map(({ name }) => name)
  expect(found('PUT  revision')).toEqual(['Flows'])
  expect(found('put teapot')).toEqual([])
})

it('writes a call as a command, with what is to be filled in', () => {
  const [operation] = readDescription(document).groups.flatMap(({ operations }) => operations)
  expect(operation && operationCurl(operation, 'http://localhost:4400')).toBe(
    [
      `curl -X PUT 'http://localhost:4400/api/flows/FLOW_ID/revisions/REVISION?env=ENV'`,
      `-H "Authorization: Bearer $MILLRACE_API_KEY"`,
      `-H 'If-Match: "1"'`,
      `-H 'Content-Type: application/json'`,
      `-d '{"name":"text"}'`,
    ].join(' \\\n  '),
  )
})

it('writes a schema as a type', () => {
  const schema = {
    type: 'object',
    required: ['id', 'kind'],
    properties: {
      id: { type: 'string', description: 'Its name.' },
      kind: { enum: ['a', 'b'] },
      tags: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
      'x-more': { type: 'object', additionalProperties: { type: 'integer' } },
      error: { $ref: '#/components/schemas/Error' },
    },
  }
  expect(schemaText(schema)).toBe(`{
  /** Its name. */
  id: string
  kind: "a" | "b"
  tags?: (string | null)[]
  "x-more"?: {
    [name: string]: number
  }
  error?: Error
}`)
  expect(schemaText({})).toBe('unknown')
})

it('makes the smallest thing that a schema takes', () => {
  expect(
    schemaExample({
      type: 'object',
      required: ['at', 'list', 'one'],
      properties: {
        at: { type: 'string', format: 'date-time' },
        list: { type: 'array', minItems: 1, items: { const: 7 } },
        one: { anyOf: [{ type: 'boolean' }] },
        more: { type: 'string' },
      },
    }),
  ).toEqual({ at: '2026-01-31T12:00:00Z', list: [7], one: true })
})
