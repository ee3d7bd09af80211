import { afterAll, describe } from 'vitest'
import { startTestPostgres, type TestPostgres } from '../../testing/embedded-postgres.server.ts'
import {
  createTestDatabase,
  serverUrl,
  type TestDatabase,
} from '../testing/test-database.server.ts'
import { describeVectors } from '../testing/vectors-contract.ts'

describe('on the embedded server', () => {
  let postgres: TestPostgres | undefined

  afterAll(() => postgres?.close())

  describeVectors('vectors', async () => {
    postgres = await startTestPostgres()
    return postgres.connection
  })
})

describe.skipIf(serverUrl === undefined)('on a real server', () => {
  let database: TestDatabase | undefined

  afterAll(() => database?.[Symbol.asyncDispose]())

  describeVectors('vectors', async () => {
    database = await createTestDatabase()
    return {
      id: 'postgres',
      kind: 'postgres',
      name: 'PostgreSQL',
      fields: { connectionString: database.url },
    }
  })
})
