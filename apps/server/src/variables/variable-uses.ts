import { Secret, type Connection } from '@millrace/engine'
import { FlowError, isOneVariable, type ConnectionDefinition } from '@millrace/flow'
import type { Connections } from '../connections/connections.ts'
import { variablesIn } from './resolve-fields.ts'

/** A connection that holds a variable. */
export interface VariableUse {
  readonly id: string
  readonly name: string
  /**
   * Whether its value may decide where secrets of the connection are sent: it stands in an address, or
   * within a secret text, which may hold one.
   */
  readonly guidesSecrets: boolean
}

/** Finds the connections that hold variables, by the names of these, which need not exist. */
export type FindVariableUses = () => Promise<ReadonlyMap<string, readonly VariableUse[]>>

interface Options {
  readonly connections: Pick<Connections, 'list' | 'open'>
  readonly definitions: ReadonlyMap<string, ConnectionDefinition>
}

export function createFindVariableUses({ connections, definitions }: Options): FindVariableUses {
  /** What can be read of a connection whose secrets are locked are its other fields. */
  async function fieldsOf({ id, fields }: Pick<Connection, 'id' | 'fields'>) {
    try {
      return (await connections.open(id)).fields
    } catch (error) {
      if (error instanceof FlowError && error.code === 'connection_locked') return fields
      throw error
    }
  }

  return async () => {
    const uses = new Map<string, VariableUse[]>()
    const own = (await connections.list()).filter(({ builtIn }) => !builtIn)
    for (const connection of own) {
      const guides = new Map<string, boolean>()
      for (const [key, value] of Object.entries(await fieldsOf(connection))) {
        const isAddress = definitions.get(connection.kind)?.fields[key]?.address === true
        const isWithin = value instanceof Secret && !isOneVariable(value.reveal())
        for (const name of variablesIn({ [key]: value })) {
          guides.set(name, isAddress || isWithin || guides.get(name) === true)
        }
      }
      for (const [variable, guidesSecrets] of guides) {
        const use = { id: connection.id, name: connection.name, guidesSecrets }
        uses.set(variable, [...(uses.get(variable) ?? []), use])
      }
    }
    return uses
  }
}
