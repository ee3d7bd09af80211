import { defineConnection } from '@millrace/flow'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionStore, StoredConnection } from './connection-store.ts'
import { createConnections, type Connections } from './connections.ts'
import { createSecretBox } from './secret-box.ts'

const vendor = defineConnection({
  kind: 'vendor',
  title: 'Vendor',
  icon: 'vendor',
  description: 'A model vendor.',
  fields: {
    baseUrl: { kind: 'text', label: 'Base URL', default: 'https://vendor.example', address: true },
    apiKey: { kind: 'text', label: 'API key', secret: true, required: true },
    organization: { kind: 'text', label: 'Organization' },
  },
  lookups: ['models'],
})
const demo = defineConnection({
  kind: 'demo',
  title: 'Demo',
  icon: 'demo',
  description: 'No key needed.',
  fields: {},
  lookups: ['models'],
  builtIn: true,
})

let store: ConnectionStore
let connections: Connections
beforeEach(() => {
  store = createFakeStore()
  connections = open('the first key, sixteen+')
})

function open(key: string): Connections {
  return createConnections({
    store,
    box: createSecretBox(key),
    definitions: new Map([vendor, demo].map((definition) => [definition.kind, definition])),
    openBuiltIn: () => Promise.resolve({ baseUrl: 'http://127.0.0.1:1/v1' }),
  })
}

const create = () =>
  connections.create({ id: 'team', kind: 'vendor', name: 'Team', fields: { apiKey: 'sk-1' } })

describe('createConnections', () => {
  it('shows a stored secret as set, and gives it to runs alone', async () => {
    const view = await create()
    expect(view).toEqual({
      id: 'team',
      kind: 'vendor',
      name: 'Team',
      fields: { apiKey: { set: true } },
      locked: false,
      builtIn: false,
      revision: 1,
    })
    expect(JSON.stringify(await store.list())).not.toContain('sk-1')
    expect((await connections.open('team')).fields).toEqual({
      baseUrl: 'https://vendor.example',
      apiKey: 'sk-1',
    })
  })

  it('lists the built-in connection first, and does not let it be changed', async () => {
    await create()
    expect((await connections.list()).map(({ id, builtIn }) => [id, builtIn])).toEqual([
      ['demo', true],
      ['team', false],
    ])
    expect((await connections.open('demo')).fields).toEqual({ baseUrl: 'http://127.0.0.1:1/v1' })
    await expect(connections.remove('demo', { basedOn: undefined })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      connections.create({ id: 'demo', kind: 'vendor', name: 'x', fields: {} }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each([{}, { apiKey: { set: true } }])(
    'keeps a secret that a change leaves out: %j',
    async (fields) => {
      await create()
      await connections.replace('team', {
        name: 'Renamed',
        fields: { ...fields, organization: 'mill' },
        basedOn: 1,
      })
      expect(await connections.open('team')).toMatchObject({
        name: 'Renamed',
        fields: { apiKey: 'sk-1', organization: 'mill' },
      })
    },
  )

  it('clears a kept secret when the address changes', async () => {
    await create()
    const view = await connections.replace('team', {
      name: 'Team',
      fields: { baseUrl: 'https://evil.example' },
      basedOn: 1,
    })
    expect(view.fields).toEqual({ baseUrl: 'https://evil.example' })
  })

  it('takes the default address, written out, for the same address', async () => {
    await create()
    const fields = { baseUrl: 'https://vendor.example' }
    const view = await connections.replace('team', { name: 'Team', fields, basedOn: 1 })
    expect(view.fields['apiKey']).toEqual({ set: true })
  })

  it('takes a new secret together with a new address', async () => {
    await create()
    const fields = { baseUrl: 'https://other.example', apiKey: 'sk-2' }
    await connections.replace('team', { name: 'Team', fields, basedOn: 1 })
    expect((await connections.open('team')).fields).toMatchObject(fields)
  })

  it('locks a connection under another key, and unlocks it with new secrets', async () => {
    await create()
    connections = open('another key, sixteen+')
    expect(await connections.view('team')).toMatchObject({ locked: true })
    await expect(connections.open('team')).rejects.toMatchObject({ code: 'connection_locked' })
    await connections.replace('team', { name: 'Team', fields: { apiKey: 'sk-3' }, basedOn: 1 })
    expect((await connections.open('team')).fields['apiKey']).toBe('sk-3')
  })

  it('says everything that is wrong with the fields', async () => {
    const creating = connections.create({
      id: 'team',
      kind: 'vendor',
      name: 'Team',
      fields: { baseUrl: 7, colour: 'red' },
    })
    await expect(creating).rejects.toMatchObject({
      code: 'bad_request',
      details: {
        problems: [
          { code: 'property_unknown', property: 'colour' },
          { code: 'property_invalid', property: 'baseUrl', message: '"Base URL" must be text.' },
          { code: 'property_missing', property: 'apiKey' },
        ],
      },
    })
  })

  it('names the connection that a run misses', async () => {
    await expect(connections.open('nowhere')).rejects.toMatchObject({
      code: 'connection_missing',
      message: 'There is no connection "nowhere" on this server. Create it, or choose another one.',
    })
  })

  it('asks again for the kinds when they could not be read', async () => {
    const { list } = store
    store = { ...store, list: () => Promise.reject(new Error('The disk failed.')) }
    connections = open('the first key, sixteen+')
    await expect(connections.kinds()).rejects.toThrow('The disk failed.')
    Object.assign(store, { list })
    expect([...(await connections.kinds()).keys()]).toEqual(['demo'])
  })

  it('knows the kind of every connection, also of one just made', async () => {
    expect([...(await connections.kinds()).keys()]).toEqual(['demo'])
    await create()
    expect((await connections.kinds()).get('team')).toEqual({ kind: 'vendor' })
  })
})

function createFakeStore(): ConnectionStore {
  const kept = new Map<string, StoredConnection>()
  return {
    list: () => Promise.resolve([...kept.values()]),
    find: (id) => Promise.resolve(kept.get(id)),
    create(content) {
      const connection = { ...content, isDamaged: false, revision: 1, updatedAt: 0 }
      kept.set(content.id, connection)
      return Promise.resolve(connection)
    },
    replace(id, { basedOn, ...content }) {
      const kind = kept.get(id)?.kind ?? ''
      const revision = basedOn + 1
      const connection = { id, kind, ...content, isDamaged: false, revision, updatedAt: 0 }
      kept.set(id, connection)
      return Promise.resolve(connection)
    },
    remove(id) {
      kept.delete(id)
      return Promise.resolve()
    },
  }
}
