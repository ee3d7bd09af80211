import { join } from 'node:path'
import type { OutgoingTarget } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import type * as nodesServer from '@millrace/nodes/server'
import { lockDirectory } from '../data-directory/lock.ts'

/** The connections that need no set-up, each to something that runs in this process. */
export interface BuiltInConnections {
  /** The fields of the connection of a kind; starts what it leads to when it is first used. */
  open(kind: string): Promise<Fields>
  /** Whether what was started listens there, which every run may reach. */
  listensAt(target: OutgoingTarget): boolean
  /** Ends what was started. Nothing may use it any more. */
  close(): Promise<void>
}

type Fields = Readonly<Record<string, unknown>>

interface Options {
  /** Brings in the nodes' own server side. */
  readonly load: () => Promise<typeof nodesServer>
  /** Where what they store lies. */
  readonly directory: string
}

/** Makes them for one process. Whoever makes them closes them. */
export function createBuiltInConnections({ load, directory }: Options): BuiltInConnections {
  const started = new Map<string, Promise<Started>>()
  /** Of what listens for connections, each as `127.0.0.1:4711`. */
  const listening = new Set<string>()
  const starters: Readonly<Record<string, () => Promise<Started>>> = {
    async demo() {
      const { demoModelId, startDemoModel } = await load()
      const model = await startDemoModel()
      listening.add(new URL(model.url).host)
      return { fields: { baseUrl: model.url, apiKey: demoModelId }, close: model.close }
    },
    async 'embedded-postgres'() {
      const { EmbeddedPostgres, preparedCluster } = await load()
      const server = new EmbeddedPostgres({
        directory: join(directory, 'embedded-postgres'),
        archive: preparedCluster(),
        lock: (path) => lockDirectory(path, embeddedPostgresHeld),
      })
      return { fields: { server }, close: () => server.close() }
    },
  }
  return {
    async open(kind) {
      const start = starters[kind]
      if (start === undefined) throw new Error(`Nothing starts the built-in connection "${kind}".`)
      const starting = started.get(kind) ?? start()
      started.set(kind, starting)
      // What did not start is started again at the next use.
      starting.catch(() => started.delete(kind))
      return (await starting).fields
    },
    listensAt: ({ address, port }) => listening.has(`${address}:${port}`),
    async close() {
      for (const starting of started.values()) await (await starting).close()
    },
  }
}

interface Started {
  readonly fields: Fields
  close(): Promise<void>
}

function embeddedPostgresHeld(directory: string, who: string): FlowError {
  return new FlowError(
    'database_unavailable',
    `The embedded PostgreSQL in "${directory}" is in use by ${who}, and two would lose data. Stop that one, or set MILLRACE_DATA_DIR to another directory.`,
    { property: 'connection', details: { reason: 'in_use' } },
  )
}
