import type { Connection, Services } from '@millrace/engine'
import type { OwnedDatabase } from '../sql/database.ts'
import { postgresAccess } from './postgres-access.server.ts'
import { createPostgresDatabase } from './postgres-database.server.ts'

/** The database of a connection of kind `postgres`. */
export async function openPostgres(
  connection: Connection,
  services: Services,
): Promise<OwnedDatabase> {
  return createPostgresDatabase(postgresAccess(connection, services))
}
