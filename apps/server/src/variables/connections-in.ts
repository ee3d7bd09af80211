import type { Connection } from '@millrace/engine'
import type { ConnectionDefinition } from '@millrace/flow'
import type { Environment } from '../environments/environment.ts'
import { hasReferences, resolveConnection, variableMissing, variablesIn } from './resolve-fields.ts'
import type { Variables } from './variables.ts'

/** Connections as an environment has them. */
export interface ConnectionsIn {
  /** Throws as opening does, and `variable_missing`. */
  open(id: string, environment: Environment): Promise<Connection>
  /** One that was opened elsewhere. Throws `variable_missing`. */
  resolve(connection: Connection, environment: Environment): Promise<Connection>
  /** Throws `variable_missing` when a connection could not be opened for want of a value. */
  expectValues(connection: Connection, environment: Environment): Promise<void>
}

interface Options {
  /** A connection as it is stored: the same object until it is changed. */
  readonly open: (id: string) => Promise<Connection>
  readonly variables: Pick<Variables, 'valuesIn' | 'version'>
  readonly definitions: ReadonlyMap<string, ConnectionDefinition>
}

/**
 * Puts the values of variables into connections. One that holds none is the same in every
 * environment, and so is what runs share through it, such as a pool.
 */
export function createConnectionsIn({ open, variables, definitions }: Options): ConnectionsIn {
  let resolved = new WeakMap<Connection, Map<Environment, Connection>>()
  let version = variables.version

  async function resolve(connection: Connection, environment: Environment): Promise<Connection> {
    if (!hasReferences(connection.fields)) return connection
    return resolveConnection(connection, {
      definition: definitions.get(connection.kind),
      environment,
      values: await variables.valuesIn(environment),
    })
  }

  return {
    resolve,
    async open(id, environment) {
      const connection = await open(id)
      if (version !== variables.version) {
        resolved = new WeakMap()
        version = variables.version
      }
      const mine = resolved
      const byEnvironment = mine.get(connection) ?? new Map<Environment, Connection>()
      mine.set(connection, byEnvironment)
      const known = byEnvironment.get(environment)
      if (known !== undefined) return known
      const opened = await resolve(connection, environment)
      // Another run may have been faster: all of them share one.
      const first = byEnvironment.get(environment) ?? opened
      byEnvironment.set(environment, first)
      return first
    },
    async expectValues(connection, environment) {
      const names = variablesIn(connection.fields)
      if (names.size === 0) return
      const values = await variables.valuesIn(environment)
      for (const name of names) {
        if (!values.has(name)) throw variableMissing(name, { connection, environment })
      }
    },
  }
}
