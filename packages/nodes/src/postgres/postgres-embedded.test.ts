import { afterAll } from 'vitest'
import { describeSql } from '../sql/testing/sql-contract.ts'
import { startTestPostgres, type TestPostgres } from '../testing/embedded-postgres.server.ts'
import { postgres } from './system.ts'
import { postgresWords } from './testing/postgres-words.ts'

let embedded: TestPostgres | undefined

afterAll(() => embedded?.close())

describeSql('The embedded PostgreSQL', async () => {
  embedded = await startTestPostgres()
  return { system: postgres, connection: embedded.connection, words: postgresWords }
})
