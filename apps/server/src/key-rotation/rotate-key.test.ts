import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecretBox } from '../connections/secret-box.ts'
import { openStore } from '../database/open-store.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { reseal } from './reseal.ts'
import { rotateKey, type KeyRotation } from './rotate-key.ts'

const newKey = 'another key that is long enough'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
  const fields = { apiKey: 'sk-kept', baseUrl: 'https://models.example/v1' }
  const connection = { id: 'kept', kind: 'openai', name: 'Kept', fields }
  await server.call('POST', '/api/connections', { body: connection })
  const body = { isSecret: true, values: { production: 'one', test: 'two' } }
  await server.call('PUT', '/api/variables/token', { body })
})
afterEach(() => server.close())

const keyFile = () => join(server.directory, 'secret.key')
const keyOf = () => readFileSync(keyFile(), 'utf8')
const keys = { secretKey: undefined, newSecretKey: undefined }
const rotate = (changes: Partial<KeyRotation> = {}) =>
  rotateKey({ dataDirectory: server.directory, ...keys, ...changes })

/** Whether the server reads what was stored; the sealed texts of it. */
async function secrets() {
  const { json: connection } = await server.call('GET', '/api/connections/kept')
  const { json } = await server.call('GET', '/api/variables')
  const database = new DatabaseSync(join(server.directory, 'millrace.db'), { readOnly: true })
  const sealed = JSON.stringify([
    database.prepare('SELECT secrets FROM connections').all(),
    database.prepare('SELECT "values" FROM variables').all(),
  ])
  database.close()
  return { isLocked: connection.locked || json.variables[0].isLocked, sealed }
}

/** Stops the server, does something on its directory, and starts it again. */
async function whileStopped(work: () => Promise<unknown>, environment = {}) {
  await server.stop()
  await work()
  await server.restart(environment)
}

describe('rotating the key', () => {
  it('seals every secret anew, with another key in the key file', async () => {
    const before = { ...(await secrets()), key: keyOf() }
    await whileStopped(async () => expect(await rotate()).toEqual({ count: 3, locked: 0 }))
    const after = await secrets()
    expect(after.isLocked).toBe(false)
    expect(after.sealed).not.toBe(before.sealed)
    expect(keyOf()).not.toBe(before.key)
  })

  it('moves from the key file to a key of the environment, and from that to another', async () => {
    await whileStopped(() => rotate({ newSecretKey: newKey }), { MILLRACE_SECRET_KEY: newKey })
    expect((await secrets()).isLocked).toBe(false)
    const third = 'a third key that is long enough'
    const both = { secretKey: newKey, newSecretKey: third }
    await whileStopped(() => rotate(both), { MILLRACE_SECRET_KEY: third })
    expect((await secrets()).isLocked).toBe(false)
  })

  it('keeps the old key when it was cut off before anything was sealed', async () => {
    const key = keyOf()
    await whileStopped(async () => writeFileSync(`${keyFile()}.next`, newKey))
    expect([keyOf(), (await secrets()).isLocked]).toEqual([key, false])
  })

  it('has the new key when it was cut off after everything was sealed', async () => {
    await whileStopped(async () => {
      writeFileSync(`${keyFile()}.next`, newKey)
      const { database } = await openStore(server.directory)
      await reseal(database, { from: createSecretBox(keyOf()), to: createSecretBox(newKey) })
      await database.destroy()
    })
    expect([keyOf(), (await secrets()).isLocked]).toEqual([newKey, false])
  })

  it('leaves what the old key does not open, and says how much', async () => {
    await whileStopped(async () => {
      const wrong = { secretKey: 'not the key at all', newSecretKey: newKey }
      expect(await rotate(wrong)).toEqual({ count: 0, locked: 3 })
    })
    expect((await secrets()).isLocked).toBe(false)
  })

  it('is refused while a server runs, and without a key to change to', async () => {
    await expect(rotate()).rejects.toThrow('is in use by')
    await expect(rotate({ secretKey: newKey })).rejects.toThrow('Set MILLRACE_NEW_SECRET_KEY')
  })
})
