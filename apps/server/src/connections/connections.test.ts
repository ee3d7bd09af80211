import { inspect } from 'node:util'
import { revealed, Secret } from '@millrace/engine'
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
    headers: { kind: 'headers', label: 'Headers' },
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

const create = (fields: object = { apiKey: 'sk-1' }) =>
  connections.create({ id: 'team', kind: 'vendor', name: 'Team', fields: { ...fields } })

/** The fields that a run gets, in clear. */
async function opened(id: string): Promise<unknown> {
  const { fields } = await connections.open(id)
  return revealAll(fields)
}

function revealAll(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'object' && !(value instanceof Secret) ? revealAll(value) : revealed(value),
    ]),
  )
}

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
    expect(await opened('team')).toEqual({ baseUrl: 'https://vendor.example', apiKey: 'sk-1' })
    const connection = await connections.open('team')
    expect(JSON.stringify(connection) + inspect(connection, { depth: null })).not.toContain('sk-1')
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
      expect((await connections.open('team')).name).toBe('Renamed')
      expect(await opened('team')).toMatchObject({ apiKey: 'sk-1', organization: 'mill' })
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
    expect(await opened('team')).toMatchObject(fields)
  })

  it('locks a connection under another key, and unlocks it with new secrets', async () => {
    await create()
    connections = open('another key, sixteen+')
    expect(await connections.view('team')).toMatchObject({ locked: true })
    await expect(connections.open('team')).rejects.toMatchObject({ code: 'connection_locked' })
    await connections.replace('team', { name: 'Team', fields: { apiKey: 'sk-3' }, basedOn: 1 })
    expect(await opened('team')).toMatchObject({ apiKey: 'sk-3' })
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

  it.each(['https://<resource>.vendor.example', '<name>'])(
    'refuses an address in which a placeholder was left: %s',
    async (baseUrl) => {
      await expect(create({ apiKey: 'sk-1', baseUrl })).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringMatching(/still holds "<\w+>": put your own value in its place/),
      })
    },
  )

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

describe('secret headers', () => {
  const headers = { 'X-Team': 'blue', 'X-Gate': { secret: 'g-1' }, Authorization: 'Bearer b-1' }
  const masked = { 'X-Team': 'blue', 'x-gate': { set: true }, authorization: { set: true } }

  it('are those that are marked, and those whose name says so', async () => {
    const view = await create({ apiKey: 'sk-1', headers })
    expect(view.fields['headers']).toEqual(masked)
    expect(JSON.stringify(await store.list())).not.toMatch(/g-1|b-1/)
    expect(await opened('team')).toMatchObject({
      headers: { 'X-Team': 'blue', 'x-gate': 'g-1', authorization: 'Bearer b-1' },
    })
  })

  it('stay where a change leaves them out, or sends back that they are set', async () => {
    await create({ apiKey: 'sk-1', headers })
    await connections.replace('team', { name: 'Team', fields: { headers: masked }, basedOn: 1 })
    const view = await connections.replace('team', { name: 'Team', fields: {}, basedOn: 2 })
    expect(view.fields['headers']).toEqual({
      'x-gate': { set: true },
      authorization: { set: true },
    })
  })

  it('go when they are cleared, or get a value that is no secret', async () => {
    await create({ apiKey: 'sk-1', headers })
    const change = { headers: { authorization: null, 'x-gate': 'open' } }
    const view = await connections.replace('team', { name: 'Team', fields: change, basedOn: 1 })
    expect(view.fields['headers']).toEqual({ 'x-gate': 'open' })
  })

  it('go with a new address', async () => {
    await create({ apiKey: 'sk-1', headers })
    const change = { baseUrl: 'https://other.example', headers: { 'x-gate': { set: true } } }
    const view = await connections.replace('team', { name: 'Team', fields: change, basedOn: 1 })
    expect(view.fields).toEqual({ baseUrl: 'https://other.example' })
  })

  it.each([{ 'x-a': 7 }, { 'x-a': { secret: 7 } }, { 'x-a': { secret: 'a\nb' } }, { 'x-a': [] }])(
    'are text: %j',
    async (wrong) => {
      await expect(create({ apiKey: 'sk-1', headers: wrong })).rejects.toMatchObject({
        message: '"Headers" must hold header names with text values.',
      })
    },
  )
})

describe('a copy', () => {
  const copy = { id: 'copy', name: 'Copy' }

  it('keeps the address and the secrets, sealed for its own place', async () => {
    await create({ apiKey: 'sk-1', headers: { 'api-key': 'g-1' } })
    const view = await connections.duplicate('team', copy)
    expect(view).toMatchObject({ ...copy, kind: 'vendor', revision: 1, locked: false })
    expect(view.fields).toEqual({ apiKey: { set: true }, headers: { 'api-key': { set: true } } })
    expect(await opened('copy')).toEqual(await opened('team'))
    const [original, copied] = await store.list()
    expect(copied?.secrets['apiKey']).not.toBe(original?.secrets['apiKey'])
  })

  it('loses the secrets when its address changes, and the original keeps them', async () => {
    await create()
    await connections.duplicate('team', copy)
    const fields = { baseUrl: 'https://evil.example' }
    await connections.replace('copy', { name: 'Copy', fields, basedOn: 1 })
    expect(await opened('copy')).toEqual(fields)
    expect(await opened('team')).toMatchObject({ apiKey: 'sk-1' })
  })

  it('is refused of a built-in connection, a locked one and one that is not there', async () => {
    await create()
    await expect(connections.duplicate('demo', copy)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(connections.duplicate('no', copy)).rejects.toMatchObject({ code: 'not_found' })
    connections = open('another key, sixteen+')
    await expect(connections.duplicate('team', copy)).rejects.toMatchObject({
      code: 'connection_locked',
    })
  })
})

describe('a connection that is not stored', () => {
  const unsaved = (fields: object, storedId?: string) =>
    connections.openUnsaved({ kind: 'vendor', name: 'Draft', fields: { ...fields }, storedId })

  it('is opened as it would be once it is stored', async () => {
    const connection = await unsaved({ apiKey: 'sk-2' })
    expect(revealAll(connection.fields)).toEqual({
      baseUrl: 'https://vendor.example',
      apiKey: 'sk-2',
    })
    expect((await connections.list()).map(({ id }) => id)).toEqual(['demo'])
  })

  it('is refused of a kind that is built in', async () => {
    await expect(
      connections.openUnsaved({ kind: 'demo', name: 'Draft', fields: {}, storedId: undefined }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('gets the stored secrets at the stored address', async () => {
    await create({ apiKey: 'sk-1', headers: { 'api-key': 'g-1' } })
    const { fields } = await unsaved({ organization: 'mill' }, 'team')
    expect(revealAll(fields)).toMatchObject({
      apiKey: 'sk-1',
      organization: 'mill',
      headers: { 'api-key': 'g-1' },
    })
  })

  it('never gets a stored secret for a new address', async () => {
    await create({ apiKey: 'sk-1', headers: { 'api-key': 'g-1' } })
    const baseUrl = 'https://evil.example'
    await expect(unsaved({ baseUrl }, 'team')).rejects.toMatchObject({
      message: '"API key" is required. Fill it in.',
    })
    const { fields } = await unsaved({ baseUrl, apiKey: 'sk-2' }, 'team')
    expect(revealAll(fields)).toEqual({ baseUrl, apiKey: 'sk-2' })
  })

  it('does not get a secret that it clears or replaces', async () => {
    await create({ apiKey: 'sk-1', headers: { 'api-key': 'g-1' } })
    const { fields } = await unsaved({ apiKey: 'sk-2', headers: { 'API-Key': null } }, 'team')
    expect(revealAll(fields)).toEqual({ baseUrl: 'https://vendor.example', apiKey: 'sk-2' })
  })

  it('is refused what is locked, unless all of it is entered again', async () => {
    await create()
    connections = open('another key, sixteen+')
    await expect(unsaved({}, 'team')).rejects.toMatchObject({ code: 'connection_locked' })
    expect(revealAll((await unsaved({ apiKey: 'sk-2' }, 'team')).fields)).toMatchObject({
      apiKey: 'sk-2',
    })
  })

  it('is refused fields that its kind does not have', async () => {
    await expect(unsaved({ colour: 'red', apiKey: 'x' })).rejects.toMatchObject({
      code: 'bad_request',
    })
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
