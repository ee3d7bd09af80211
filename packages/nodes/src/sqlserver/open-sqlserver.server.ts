import type { Connection, Services } from '@millrace/engine'
import type { OwnedDatabase } from '../sql/database.ts'

/** The database of a connection of kind `sqlserver`. Its driver is large, so it is loaded only here. */
export async function openSqlServer(
  connection: Connection,
  services: Services,
): Promise<OwnedDatabase> {
  const [{ sqlServerAccess }, { createSqlServerDatabase }] = await Promise.all([
    import('./sqlserver-access.server.ts'),
    import('./sqlserver-database.server.ts'),
  ])
  return createSqlServerDatabase(sqlServerAccess(connection, services))
}
