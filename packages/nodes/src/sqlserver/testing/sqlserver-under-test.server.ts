import type { Connection } from '@millrace/engine'
import type { TdsLoopback } from '@millrace/tds-loopback'
import type { SqlUnderTest, SqlWords } from '../../sql/testing/sql-under-test.server.ts'
import { sqlServer } from '../system.ts'

/** A connection to a loopback that has its usual login. */
export function loopbackConnection(
  { port }: Pick<TdsLoopback, 'port'>,
  fields: Readonly<Record<string, unknown>> = {},
): Connection {
  return {
    id: 'sqlserver',
    kind: 'sqlserver',
    name: 'Sales',
    fields: {
      host: 'localhost',
      port,
      database: 'chat',
      user: 'sa',
      password: 'Str0ng!Password',
      encrypt: false,
      trustServerCertificate: true,
      connectTimeoutSeconds: 10,
      ...fields,
    },
  }
}

export function sqlServerUnderTest(connection: Connection): SqlUnderTest {
  return { system: sqlServer, connection, words }
}

const words: SqlWords = {
  createPeople:
    'CREATE TABLE people (id int NOT NULL PRIMARY KEY, name nvarchar(100) NOT NULL, age int NULL, note nvarchar(max) NULL)',
  createVisits:
    'CREATE TABLE visits (person int NOT NULL, day nvarchar(20) NULL, hits int NOT NULL DEFAULT 0)',
  drop: (table) => `DROP TABLE IF EXISTS ${table}`,
  numbers: (count) =>
    `WITH numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
     SELECT n FROM numbers OPTION (MAXRECURSION 0)`,
  longText: (length) => `SELECT REPLICATE(CAST(N'x' AS nvarchar(max)), ${length})`,
  sleep: (seconds) => `WAITFOR DELAY '00:00:${seconds}'`,
  mistakeInLine2: 'SELECT id\nFORM people',
}
