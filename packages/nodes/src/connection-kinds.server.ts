import type { Connection, Services } from '@millrace/engine'
import type { ConnectionDefinition } from '@millrace/flow'
import type { ConnectionTest } from './connection-test.ts'
import { demoConnection } from './demo/connection.ts'
import { httpConnection } from './http/connection.ts'
import { testHttp } from './http/test-http.server.ts'
import { openAiConnection } from './openai/connection.ts'
import { listModels } from './openai/models.server.ts'
import { testOpenAi } from './openai/test-openai.server.ts'
import { postgresConnection } from './postgres/connection.ts'
import { embeddedPostgresConnection } from './postgres/embedded-connection.ts'
import { testEmbeddedPostgres } from './postgres/embedded/test-embedded-postgres.server.ts'
import { testPostgres } from './postgres/test-postgres.server.ts'
import type { SqlDatabase } from './sql/database.ts'
import { openDatabase } from './sql/open-database.server.ts'
import { sqlServerConnection } from './sqlserver/connection.ts'
import { testSqlServer } from './sqlserver/test-sqlserver.server.ts'

/** What can be done with connections of one kind. Never throws for what the other side does. */
export interface ConnectionKind {
  readonly definition: ConnectionDefinition
  test(connection: Connection, services: Services): Promise<ConnectionTest>
  /** The ids of the models that it offers; throws a `FlowError` when they cannot be listed. */
  models?(connection: Connection, services: Services): Promise<readonly string[]>
  /** The database behind it, whose pool is shared with runs; throws a `FlowError`. */
  database?(connection: Connection, services: Services): Promise<SqlDatabase>
}

/** Every kind of connection, by its name. */
export const connectionKinds: ReadonlyMap<string, ConnectionKind> = new Map(
  [
    { definition: openAiConnection, test: testOpenAi, models: listModels },
    { definition: demoConnection, test: testOpenAi, models: listModels },
    { definition: postgresConnection, test: testPostgres, database: openDatabase },
    {
      definition: embeddedPostgresConnection,
      test: testEmbeddedPostgres,
      database: openDatabase,
    },
    { definition: sqlServerConnection, test: testSqlServer, database: openDatabase },
    { definition: httpConnection, test: testHttp },
  ].map((kind) => [kind.definition.kind, kind]),
)
