import type { Connection, Services } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { openEmbeddedPostgres } from '../postgres/embedded/open-embedded-postgres.server.ts'
import { openPostgres } from '../postgres/open-postgres.server.ts'
import { openSqlServer } from '../sqlserver/open-sqlserver.server.ts'
import type { OwnedDatabase, SqlDatabase } from './database.ts'

/** Opens the database of a connection of one kind; reaches it only when it is used. */
type OpenDatabase = (connection: Connection, services: Services) => Promise<OwnedDatabase>

const openers: ReadonlyMap<string, OpenDatabase> = new Map([
  ['postgres', openPostgres],
  ['embedded-postgres', openEmbeddedPostgres],
  ['sqlserver', openSqlServer],
])

/** What is open: for each connection as it is now, and the latest of each id. */
interface OpenDatabases {
  readonly byConnection: WeakMap<Connection, Promise<OwnedDatabase>>
  /** Of a connection that was changed, the idle sessions end by themselves. */
  readonly latest: Map<string, Promise<OwnedDatabase>>
}

/** The database of a connection, whose pool all runs share until the connection is opened anew. */
export function openDatabase(connection: Connection, services: Services): Promise<SqlDatabase> {
  const { byConnection, latest } = services.share<OpenDatabases>(
    'sql.databases',
    () => ({ byConnection: new WeakMap(), latest: new Map() }),
    async (open) => {
      const closing = [...open.latest.values()].map(async (opening) => (await opening).close())
      await Promise.allSettled(closing)
    },
  )
  const known = byConnection.get(connection)
  if (known !== undefined) return known
  const opening = openerOf(connection)(connection, services)
  byConnection.set(connection, opening)
  latest.set(connection.id, opening)
  opening.catch(() => byConnection.delete(connection))
  return opening
}

function openerOf({ kind, name }: Connection): OpenDatabase {
  const open = openers.get(kind)
  if (open !== undefined) return open
  throw new FlowError(
    'bad_request',
    `"${name}" is a connection of kind "${kind}", and no database.`,
    {
      property: 'connection',
    },
  )
}
