import { FlowError, isIdentifier } from '@millrace/flow'
import type { SqlDatabase } from '@millrace/nodes/server'
import { z } from 'zod'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import { whileWaited } from '../http/while-waited.ts'
import type { RuntimeLoader } from '../runtime.ts'
import type { ConnectionsIn } from '../variables/connections-in.ts'
import type { Connections } from './connections.ts'
import { columnTypeSchema, queryAnswer, tableAnswer, tablesAnswer } from './database-answers.ts'

interface Options {
  readonly connections: Pick<Connections, 'view'>
  readonly connectionsIn: Pick<ConnectionsIn, 'open'>
  readonly runtime: RuntimeLoader
}

/** How long a designer waits for a catalogue, in seconds. */
const lookupSeconds = 20
/** What is shown of a result. */
const shown = { rows: 1000, bytes: 1024 * 1024, whenReached: 'cut' } as const

/** A parameter as a node may have it: drivers make of other names what they like. */
const parameterSchema = z.object({
  name: z.string().refine(isIdentifier, 'It is no name of a parameter.'),
  type: columnTypeSchema,
  value: z.unknown(),
})

function haveNamesOfTheirOwn(parameters: readonly { readonly name: string }[]): boolean {
  return new Set(parameters.map(({ name }) => name.toLowerCase())).size === parameters.length
}

/** Looking into the databases behind connections, for whoever designs. */
export function databaseRoutes({ connections, connectionsIn, runtime }: Options): readonly Route[] {
  async function databaseOf(id: string): Promise<SqlDatabase> {
    const { kind } = await connections.view(id)
    const { nodes, services } = await runtime.load()
    const rules = nodes.connectionKinds.get(kind)
    if (rules?.database === undefined) {
      throw new FlowError('bad_request', `Connections of kind "${kind}" lead to no database.`)
    }
    return rules.database(await connectionsIn.open(id, 'development'), services)
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/connections/:id/tables',
      caller: 'operator',
      summary: 'Lists the tables and views of a database.',
      query: z.object({
        search: z
          .string()
          .max(200)
          .default('')
          .describe('Only those whose name holds this, with the schema before it.'),
      }),
      answers: { 200: tablesAnswer },
      async handle({ query, response, ...call }) {
        const database = await databaseOf(paramOf(call, 'id'))
        const options = { signal: whileWaited(response), timeoutSeconds: lookupSeconds }
        const tables = await database.withSession(options, (session) =>
          database.dialect.listTables(session, query.search),
        )
        response.json({ tables })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/connections/:id/table',
      caller: 'operator',
      summary: 'Reads a table with its columns, by its name as a designer writes it.',
      query: z.object({
        name: z.string().min(1).max(400).describe('Of the table, with its schema.'),
      }),
      answers: { 200: tableAnswer },
      async handle({ query, response, ...call }) {
        const database = await databaseOf(paramOf(call, 'id'))
        const options = { signal: whileWaited(response), timeoutSeconds: lookupSeconds }
        const table = await database
          .withSession(options, (session) => database.dialect.findTable(session, query.name))
          .catch((error: unknown) => {
            throw isMissingTable(error) ? asNotFound(error) : error
          })
        response.json({ table })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/connections/:id/query',
      caller: 'operator',
      summary:
        'Runs one statement with its parameters; what it changes is undone unless `commit` is true.',
      body: {
        schema: z.object({
          statement: z.string(),
          parameters: z
            .array(parameterSchema)
            .max(1000)
            .refine(haveNamesOfTheirOwn, 'Two parameters have the same name.')
            .default([]),
          commit: z.boolean().default(false),
          timeoutSeconds: z.int().min(1).max(600).default(30),
        }),
        maxBytes: ofBody,
      },
      answers: { 200: queryAnswer },
      async handle({ body, response, ...call }) {
        const { statement, parameters, commit, timeoutSeconds } = body
        const database = await databaseOf(paramOf(call, 'id'))
        const start = performance.now()
        const result = await database.withSession(
          {
            signal: whileWaited(response),
            timeoutSeconds,
            transaction: commit ? 'commit' : 'rollback',
            limits: shown,
          },
          (session) => session.run(statement, parameters),
        )
        response.json({ ...result, ms: Math.round(performance.now() - start) })
      },
    }),
  ]
}

function isMissingTable(error: unknown): error is FlowError {
  return error instanceof FlowError && error.details?.['reason'] === 'no_table'
}

function asNotFound({ message, details }: FlowError): FlowError {
  return new FlowError('not_found', message, details === undefined ? {} : { details })
}
