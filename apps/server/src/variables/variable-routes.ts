import { FlowError, isIdentifier } from '@millrace/flow'
import { z } from 'zod'
import type { Environment } from '../environments/environment.ts'
import { maxBodyBytes } from '../http/limits.ts'
import { defineRoute, paramOf, type Call, type Route } from '../http/route.ts'
import type { Variables } from './variables.ts'

const value = z.union([z.string(), z.object({ set: z.literal(true) })])
const byEnvironment = <Value extends z.ZodType>(schema: Value) =>
  z.strictObject({
    development: schema.optional(),
    test: schema.optional(),
    production: schema.optional(),
  } satisfies Record<Environment, unknown>)

const variableSchema = z.object({
  name: z.string(),
  isSecret: z.boolean(),
  /** By environment; a value of a secret one shows as `{ "set": true }`. */
  values: byEnvironment(value),
  isLocked: z.boolean(),
})

const changeBody = z.strictObject({
  isSecret: z.boolean().default(false),
  values: byEnvironment(
    z
      .string()
      .max(16 * 1024)
      .nullable(),
  ).default({}),
})

/** The variables of the workspace, as designers keep them. */
export function variableRoutes(variables: Variables): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/variables',
      caller: 'operator',
      summary: 'Lists the variables that connections hold as ${name}, without secret values.',
      answers: {
        200: {
          description: 'The variables, by name.',
          schema: z.object({ variables: z.array(variableSchema) }),
        },
      },
      async handle({ response }) {
        response.json({ variables: await variables.list() })
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/variables/:name',
      caller: 'operator',
      summary:
        'Makes or changes a variable. An environment that is left out stays as it is, null takes its value away.',
      body: { schema: changeBody, maxBytes: maxBodyBytes },
      answers: { 200: { description: 'As it is now.', schema: variableSchema } },
      async handle({ body, response, ...call }) {
        response.json(await variables.put(nameOf(call), body))
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/variables/:name',
      caller: 'operator',
      summary: 'Deletes a variable with all its values.',
      answers: { 204: { description: 'It is deleted.' } },
      async handle({ response, ...call }) {
        await variables.remove(nameOf(call))
        response.status(204).end()
      },
    }),
  ]
}

function nameOf(call: Pick<Call<unknown, unknown>, 'params'>): string {
  const name = paramOf(call, 'name')
  if (isIdentifier(name) && name.length <= 64) return name
  throw new FlowError(
    'bad_request',
    `"${name}" is no name of a variable. Use letters, digits and underscores, a letter first, at most 64.`,
    { property: 'name' },
  )
}
