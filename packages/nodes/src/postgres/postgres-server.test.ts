import { afterAll, describe } from 'vitest'
import { describeSql } from '../sql/testing/sql-contract.ts'
import { postgres } from './system.ts'
import { postgresWords } from './testing/postgres-words.ts'
import { createTestDatabase, serverUrl, type TestDatabase } from './testing/test-database.server.ts'

describe.skipIf(serverUrl === undefined)('on a real server', () => {
  let database: TestDatabase | undefined

  afterAll(() => database?.[Symbol.asyncDispose]())

  describeSql('PostgreSQL', async () => {
    database = await createTestDatabase()
    return {
      system: postgres,
      connection: {
        id: 'contract',
        kind: 'postgres',
        name: 'Contract',
        fields: { connectionString: database.url },
      },
      words: postgresWords,
    }
  })
})
