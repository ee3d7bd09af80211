import { join } from 'node:path'
import type { Connection } from '@millrace/engine'
import { registry } from '@millrace/nodes'
import * as nodes from '@millrace/nodes/server'
import { createBuiltInConnections } from '@millrace/server/built-in-connections'
import { connectionMissing } from './connections-file.ts'

/** The connections of one command: those of a file, and the built-in ones. */
export interface LocalConnections extends AsyncDisposable {
  readonly open: (id: string) => Promise<Connection>
}

/**
 * Opens the given connections, and the built-in ones, which store what they store below the data
 * directory in a place of their own: a server may run beside the command. Whoever opens them disposes
 * of them.
 */
export function openLocalConnections(
  known: ReadonlyMap<string, Connection>,
  dataDirectory: string,
): LocalConnections {
  const builtIn = createBuiltInConnections({
    load: async () => nodes,
    directory: join(dataDirectory, 'cli'),
  })
  const opened = new Map<string, Promise<Connection>>()
  async function openNow(id: string): Promise<Connection> {
    const connection = known.get(id)
    if (connection !== undefined) return connection
    const definition = registry.connections.get(id)
    if (definition?.builtIn !== true) throw connectionMissing(id)
    return { id, kind: id, name: definition.title, fields: await builtIn.open(id) }
  }
  return {
    open(id) {
      const opening = opened.get(id) ?? openNow(id)
      opened.set(id, opening)
      return opening
    },
    [Symbol.asyncDispose]: () => builtIn.close(),
  }
}
