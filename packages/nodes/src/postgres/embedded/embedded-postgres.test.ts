import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { FlowError } from '@millrace/flow'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OwnedDatabase, SessionOptions } from '../../sql/database.ts'
import { startTestPostgres, type TestPostgres } from '../../testing/embedded-postgres.server.ts'
import { emptyCluster } from '../../testing/empty-cluster.server.ts'
import { EmbeddedPostgres } from './embedded-postgres.server.ts'
import { openEmbeddedPostgres } from './open-embedded-postgres.server.ts'

const options: SessionOptions = { signal: new AbortController().signal, timeoutSeconds: 60 }
const endless = 'SELECT count(*) FROM generate_series(1, 100000000000)'

let postgres: TestPostgres
let database: OwnedDatabase
beforeEach(async () => {
  postgres = await startTestPostgres()
  database = await openEmbeddedPostgres(postgres.connection)
})
afterEach(async () => {
  await database.close()
  await postgres.close()
})

async function rowsOf(statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await database.withSession(options, (session) => session.run(statement))).rows
}

/** A client of its own, as the pool makes them. */
async function connectTo(server: EmbeddedPostgres): Promise<pg.Client> {
  const client = new pg.Client({
    stream: () => server.connect(),
    user: 'postgres',
    database: 'postgres',
    ssl: false,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

describe('EmbeddedPostgres', { timeout: 30_000 }, () => {
  it('touches nothing before its first use', () => {
    expect(readdirSync(postgres.directory)).toEqual([])
  })

  it('is a PostgreSQL with pgvector', async () => {
    expect(await rowsOf(`SELECT '[1,2]'::vector <-> '[1,4]'::vector AS distance`)).toEqual([[2]])
  })

  it('is one too where no packed cluster was built', async () => {
    const fresh = new EmbeddedPostgres({
      directory: join(postgres.directory, 'fresh'),
      lock: () => ({ release: () => {} }),
    })
    const client = await connectTo(fresh)
    const { rows } = await client.query("SELECT '[1,2]'::vector <-> '[1,0]' AS distance")
    expect(rows).toEqual([{ distance: 2 }])
    await client.end()
    await fresh.close()
  })

  it('keeps what was committed when it is closed and opened again', async () => {
    await rowsOf('CREATE TABLE kept (id integer)')
    await rowsOf('INSERT INTO kept VALUES (1), (2)')
    await postgres.server.close()
    const again = new EmbeddedPostgres({
      directory: postgres.directory,
      lock: () => ({ release: () => {} }),
    })
    const reopened = await openEmbeddedPostgres({
      ...postgres.connection,
      fields: { server: again },
    })
    const { rows } = await reopened.withSession(options, (session) =>
      session.run('SELECT id FROM kept ORDER BY id'),
    )
    await reopened.close()
    await again.close()
    expect(rows).toEqual([[1], [2]])
  })

  it('lets sessions take turns, so that no transaction meets another', async () => {
    const counts = Array.from({ length: 5 }, () =>
      database.withSession({ ...options, transaction: 'rollback' }, async (session) => {
        await session.run('CREATE TABLE mine (id integer)')
        return (await session.run('SELECT count(*) FROM mine')).rows
      }),
    )
    expect(await Promise.all(counts)).toEqual(Array(5).fill([[0]]))
  })

  it('undoes what a client left open that broke off', async () => {
    const first = await connectTo(postgres.server)
    await first.query('BEGIN')
    await first.query('CREATE TABLE half (id integer)')
    await first.query(`SET application_name TO 'first'`)
    // The driver has it, though its types do not show it.
    const { connection } = first as unknown as { connection: { stream: { destroy(): void } } }
    connection.stream.destroy()
    const second = await connectTo(postgres.server)
    const { rows } = await second.query(
      `SELECT to_regclass('half') AS half, current_setting('application_name') AS name`,
    )
    await second.end()
    expect(rows).toEqual([{ half: null, name: '' }])
  })

  it('stops a statement whose time is over, and works again', async () => {
    await rowsOf('CREATE TABLE kept (id integer)')
    await expect(
      database.withSession({ ...options, timeoutSeconds: 0.1 }, (session) => session.run(endless)),
    ).rejects.toMatchObject({ code: 'timeout', property: 'commandTimeout' })
    expect(await rowsOf('SELECT count(*) FROM kept')).toEqual([[0]])
  })

  it('stops a statement whose run was stopped, and works again', async () => {
    const stopping = new AbortController()
    const running = database.withSession(
      { ...options, signal: stopping.signal },
      async (session) => {
        await session.run('SELECT 1')
        const statement = session.run(endless)
        stopping.abort(new Error('stopped'))
        return statement
      },
    )
    await expect(running).rejects.toThrow('stopped')
    expect(await rowsOf('SELECT 1')).toEqual([[1]])
  })

  it('fails a statement whose thread is ended, and works again', async () => {
    const client = await connectTo(postgres.server)
    const statement = client.query(endless)
    void postgres.server.cancel()
    await expect(statement).rejects.toMatchObject({
      code: 'database_unavailable',
      retryable: true,
      message: expect.stringContaining('starts again at its next use'),
    })
    expect(await rowsOf('SELECT 1')).toEqual([[1]])
  })

  it('holds its directory from the first session until it is closed', async () => {
    const steps: string[] = []
    const held = new EmbeddedPostgres({
      directory: join(postgres.directory, 'held'),
      archive: emptyCluster,
      lock: () => {
        steps.push('lock')
        return { release: () => void steps.push('release') }
      },
    })
    const client = await connectTo(held)
    await client.end()
    steps.push('close')
    await held.close()
    expect(steps).toEqual(['lock', 'close', 'release'])
  })

  it('gives its directory free although a session still asks when it is closed', async () => {
    let isFree = false
    const held = new EmbeddedPostgres({
      directory: join(postgres.directory, 'held'),
      archive: emptyCluster,
      lock: () => ({
        release: () => {
          isFree = true
        },
      }),
    })
    const client = await connectTo(held)
    const closing = held.close()
    await nextTurn()
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: 'database_unavailable' })
    await closing
    expect(isFree).toBe(true)
  })

  it('has pgvector where no packed cluster was built', async () => {
    const bare = new EmbeddedPostgres({
      directory: join(postgres.directory, 'bare'),
      lock: () => ({ release: () => {} }),
    })
    const client = await connectTo(bare)
    const { rows } = await client.query(`SELECT '[1,2]'::vector <-> '[1,4]'::vector AS distance`)
    await client.end()
    await bare.close()
    expect(rows).toEqual([{ distance: 2 }])
  })

  it('fails with the reason when its directory is held, and works when it is free', async () => {
    let isHeld = true
    const held = new EmbeddedPostgres({
      directory: join(postgres.directory, 'held'),
      archive: emptyCluster,
      lock: () => {
        if (isHeld) throw new FlowError('database_unavailable', 'It is in use.')
        return { release: () => {} }
      },
    })
    await expect(connectTo(held)).rejects.toThrow('It is in use.')
    isHeld = false
    await (await connectTo(held)).end()
    await held.close()
  })

  it('begins anew with what was cut short when it was made', async () => {
    const unfinished = join(postgres.directory, 'unfinished')
    mkdirSync(unfinished)
    writeFileSync(join(unfinished, 'PG_VERSION'), '1')
    expect(await rowsOf('SELECT 1')).toEqual([[1]])
    expect(existsSync(unfinished)).toBe(false)
  })
})
