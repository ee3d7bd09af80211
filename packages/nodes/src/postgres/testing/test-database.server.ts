import { randomBytes } from 'node:crypto'
import pg from 'pg'

/**
 * The server that `TEST_PG_URL` names, with pgvector, such as `.ci/postgres start` gives. Without one
 * the tests that need it cannot run, and say so.
 */
export const serverUrl = urlOf(process.env['TEST_PG_URL'])

function urlOf(url: string | undefined): string | undefined {
  if (url !== undefined && url !== '') return url
  console.warn('TEST_PG_URL is not set: tests on a real PostgreSQL are left out.')
  return undefined
}

/** A database of its own on the server, for one file of tests. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  /** Runs a statement as nobody's connection, such as one that looks at the others. */
  query(text: string, values?: unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: serverUrl ?? '' })
  admin.on('error', () => {})
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl ?? '')
  url.pathname = `/${name}`
  return {
    url: url.href,
    async query(text, values) {
      const client = new pg.Client({ connectionString: url.href })
      await client.connect()
      try {
        return (await client.query<Record<string, unknown>>(text, values)).rows
      } finally {
        await client.end()
      }
    },
    async [Symbol.asyncDispose]() {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}
