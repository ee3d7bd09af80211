import { FlowError, isIdentifier } from '@millrace/flow'
import { z } from 'zod'
import type { Environment } from '../environments/environment.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Call, type Route } from '../http/route.ts'
import { expectMayChange } from './expect-own-secrets.ts'
import type { FindVariableUses } from './variable-uses.ts'
import type { Variables } from './variables.ts'

interface Options {
  readonly variables: Variables
  readonly findUses: FindVariableUses
}

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

const usesSchema = z.object({
  variables: z.array(
    z.object({
      /** Connections may hold variables that do not exist. */
      name: z.string(),
      connections: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** Whether its value may decide where secrets of the connection are sent. */
          guidesSecrets: z.boolean(),
        }),
      ),
    }),
  ),
})

/** The variables of the workspace, as designers keep them. */
export function variableRoutes({ variables, findUses }: Options): readonly Route[] {
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
        'Makes or changes a variable, which no key may do to one that guides secrets. An environment that is left out stays as it is, null takes its value away.',
      body: { schema: changeBody, maxBytes: ofBody },
      answers: { 200: { description: 'As it is now.', schema: variableSchema } },
      async handle({ body, principal, response, ...call }) {
        const name = nameOf(call)
        await expectMayChange(principal, { name, findUses })
        response.json(await variables.put(name, body))
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/variables/:name',
      caller: 'operator',
      summary: 'Deletes a variable with all its values.',
      answers: { 204: { description: 'It is deleted.' } },
      async handle({ principal, response, ...call }) {
        const name = nameOf(call)
        await expectMayChange(principal, { name, findUses })
        await variables.remove(name)
        response.status(204).end()
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/variable-uses',
      caller: 'operator',
      summary: 'Says which connections hold which variables.',
      answers: {
        200: { description: 'The variables that connections hold.', schema: usesSchema },
      },
      async handle({ response }) {
        const uses = [...(await findUses())].map(([name, connections]) => ({ name, connections }))
        response.json({ variables: uses })
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
