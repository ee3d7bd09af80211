import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { revealed } from '@millrace/engine'
import { isRecord } from '@millrace/flow'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConnections } from './connections-file.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-connections-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('readConnections', () => {
  it('keeps what is secret from whatever prints a connection', async () => {
    const path = join(directory, 'connections.json')
    const headers = { 'x-team': 'mill', 'api-key': '${GATE}' }
    const team = { kind: 'openai', fields: { apiKey: '${KEY}', headers } }
    writeFileSync(path, JSON.stringify({ team }))
    const connection = (await readConnections(path, { KEY: 'sk-1', GATE: 'g-1' })).get('team')
    const printed = inspect(connection, { depth: null }) + JSON.stringify(connection)
    expect(printed).toContain("'x-team': 'mill'")
    expect(printed).not.toMatch(/sk-1|g-1/)
    expect(revealed(connection?.fields['apiKey'])).toBe('sk-1')
    const given = connection?.fields['headers']
    expect(isRecord(given) && revealed(given['api-key'])).toBe('g-1')
  })

  it('reads a database in the way that its fields take, with no default of another', async () => {
    const path = join(directory, 'connections.json')
    const docs = { kind: 'postgres', fields: { connectionString: '${DATABASE_URL}' } }
    writeFileSync(path, JSON.stringify({ docs }))
    const url = 'postgres://app:pw@db.example.com/docs'
    const fields = (await readConnections(path, { DATABASE_URL: url })).get('docs')?.fields ?? {}
    expect(Object.keys(fields)).toEqual(['connectionString', 'connectTimeoutSeconds'])
    expect(revealed(fields['connectionString'])).toBe(url)
  })

  it.each([
    [{ host: 'db.example.com' }, 'Connection "docs" needs the field "database" (Database).'],
    [
      { host: 'db.example.com', user: 'app', database: 'docs', connectionString: 'postgres://db' },
      'Connection "docs" is filled in by "Host and user", with which the field "connectionString" does not go. Remove one of the two.',
    ],
  ])('refuses a database with %j', async (fields, message) => {
    const path = join(directory, 'connections.json')
    writeFileSync(path, JSON.stringify({ docs: { kind: 'postgres', fields } }))
    await expect(readConnections(path, {})).rejects.toThrow(message)
  })
})
