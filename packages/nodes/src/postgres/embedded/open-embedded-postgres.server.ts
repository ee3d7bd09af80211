import type { Connection } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import type { OwnedDatabase } from '../../sql/database.ts'
import { createPostgresDatabase } from '../postgres-database.server.ts'
import { EmbeddedPostgres } from './embedded-postgres.server.ts'

/**
 * The database of a connection of kind `embedded-postgres`, whose field `server` is a running
 * `EmbeddedPostgres`: whoever opens the connection starts and closes that.
 */
export async function openEmbeddedPostgres({ name, fields }: Connection): Promise<OwnedDatabase> {
  const { server } = fields
  if (!(server instanceof EmbeddedPostgres)) {
    throw new FlowError('database_unavailable', `"${name}" is not available here.`, {
      property: 'connection',
    })
  }
  return createPostgresDatabase({
    name,
    config: {
      stream: () => server.connect(),
      host: 'this machine',
      user: 'postgres',
      password: '',
      database: 'postgres',
      ssl: false,
      connectionTimeoutMillis: 60_000,
    },
    maxSessions: 1,
    withoutSecrets: (words) => words,
    cancel: () => server.cancel(),
  })
}
