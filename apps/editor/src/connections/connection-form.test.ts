import { defineConnection } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import type { StoredConnection } from '../api/connections-api.ts'
import {
  formOf,
  freeIdFor,
  inputOf,
  losesSecrets,
  replacingSecret,
  whyNotSend,
  withExample,
  withoutHeader,
  type HeaderRow,
} from './connection-form.ts'

const definition = defineConnection({
  kind: 'model',
  title: 'Model server',
  icon: 'x',
  description: '',
  lookups: [],
  fields: {
    apiKey: { kind: 'text', label: 'API key', secret: true },
    baseUrl: {
      kind: 'text',
      label: 'Base URL',
      address: true,
      url: true,
      default: 'https://a.example/v1',
      examples: [
        { name: 'Mill', value: 'https://mill.example/v1', hint: 'A mill.' },
        { name: 'Cloud', value: 'https://<name>.cloud.example/v1', hint: 'Put in <name>.' },
      ],
    },
    headers: { kind: 'headers', label: 'Headers' },
    project: { kind: 'text', label: 'Project', required: true },
  },
})

const stored: StoredConnection = {
  id: 'mine',
  kind: 'model',
  name: 'Mine',
  fields: { apiKey: { set: true }, baseUrl: 'https://b.example/v1', headers: { 'x-a': '1' } },
  revision: '3',
  isBuiltIn: false,
  isLocked: false,
}

it('starts a new connection with the defaults, and leaves what is empty out', () => {
  const form = formOf(definition, undefined)
  expect(inputOf(definition, form, 'model')).toEqual({
    id: 'model',
    kind: 'model',
    name: 'Model server',
    fields: { baseUrl: 'https://a.example/v1' },
  })
})

it('never sends a stored secret back, so that it stays', () => {
  const form = formOf(definition, stored)
  expect(form.fields['apiKey']).toEqual({ kind: 'storedSecret' })
  expect(inputOf(definition, form, 'mine').fields).toEqual({
    baseUrl: 'https://b.example/v1',
    headers: { 'x-a': '1' },
  })
})

it('clears a stored secret that is replaced by nothing', () => {
  const form = formOf(definition, stored)
  const emptied = {
    ...form,
    fields: {
      ...form.fields,
      apiKey: { kind: 'newSecret', value: '', replacesStored: true } as const,
    },
  }
  expect(inputOf(definition, emptied, 'mine').fields['apiKey']).toBeNull()
})

it('names what is missing or no address before anything is sent', () => {
  const form = formOf(definition, undefined)
  const wrong = {
    ...form,
    name: ' ',
    fields: { ...form.fields, baseUrl: { kind: 'plain', value: 'localhost:1234' } as const },
  }
  expect(Object.keys(whyNotSend(definition, wrong))).toEqual(['name', 'baseUrl', 'project'])
})

it('warns that another address takes the stored secrets away', () => {
  const form = formOf(definition, stored)
  expect(losesSecrets(definition, form, stored)).toBe(false)
  const moved = {
    ...form,
    fields: { ...form.fields, baseUrl: { kind: 'plain', value: 'https://c.example' } as const },
  }
  expect(losesSecrets(definition, moved, stored)).toBe(true)
})

it('makes a free id of any name', () => {
  expect(freeIdFor('Büro Ollama', new Set(['buro-ollama']))).toBe('buro-ollama2')
  expect(freeIdFor('模型', new Set())).toBe('connection')
})

it('names the placeholder that an example leaves to fill in', () => {
  const form = withExample(definition, formOf(definition, undefined), {
    key: 'baseUrl',
    example: definition.fields.baseUrl.examples[1],
    isNew: true,
  })
  expect(whyNotSend(definition, form)['baseUrl']).toBe('Put your own value in place of <name>.')
})

it('takes a workspace variable for an address, or for a part of one', () => {
  const faultOf = (value: string) =>
    whyNotSend(definition, {
      ...formOf(definition, stored),
      fields: { baseUrl: { kind: 'plain', value } },
    })['baseUrl']
  expect(faultOf('${modelServer}')).toBeUndefined()
  expect(faultOf('${modelServer}/v1')).toBeUndefined()
  expect(faultOf('https://${host}:8080/v1')).toBeUndefined()
  expect(faultOf('$modelServer')).toContain('An address starts with')
})

it('names a new connection after an example, but keeps a name that was given', () => {
  const choose = (name: string, isNew: boolean) =>
    withExample(
      definition,
      { ...formOf(definition, undefined), name },
      { key: 'baseUrl', example: definition.fields.baseUrl.examples[0], isNew },
    )
  expect(choose('Model server', true)).toMatchObject({
    name: 'Mill',
    fields: { baseUrl: { kind: 'plain', value: 'https://mill.example/v1' } },
  })
  expect(choose('Cloud', true).name).toBe('Mill')
  expect(choose('My own', true).name).toBe('My own')
  expect(choose('Cloud', false).name).toBe('Cloud')
})

describe('secret headers', () => {
  const withSecret = { ...stored, fields: { headers: { 'x-a': '1', 'x-gate': { set: true } } } }
  const row = (changes: Partial<HeaderRow>): HeaderRow => ({
    key: 9,
    name: 'x-b',
    value: 'v',
    secrecy: 'open',
    ...changes,
  })
  const sent = (rows: readonly HeaderRow[], removed: readonly string[] = []) =>
    inputOf(
      definition,
      { name: 'Mine', way: undefined, fields: { headers: { kind: 'headers', rows, removed } } },
      'mine',
    ).fields

  it('are shown as set, and stay when they are left alone', () => {
    const form = formOf(definition, withSecret)
    expect(form.fields['headers']).toMatchObject({
      rows: [
        { name: 'x-a', value: '1', secrecy: 'open' },
        { name: 'x-gate', value: '', secrecy: 'stored' },
      ],
    })
    expect(inputOf(definition, form, 'mine').fields['headers']).toEqual({ 'x-a': '1' })
  })

  it('are sent as secrets, also when only the name says so', () => {
    expect(sent([row({ secrecy: 'new' }), row({ name: 'api-key' })])).toEqual({
      headers: { 'x-b': { secret: 'v' }, 'api-key': { secret: 'v' } },
    })
  })

  it('go when their row is removed or emptied', () => {
    expect(sent([row({ secrecy: 'new', value: '' })], ['x-gate'])).toEqual({
      headers: { 'x-gate': null, 'x-b': null },
    })
  })

  describe('that are stored', () => {
    const gate = row({ key: 1, name: 'x-gate', value: '', secrecy: 'stored' })
    const headers = { kind: 'headers', rows: [gate], removed: [] } as const
    const replacing = replacingSecret(headers, gate)
    const [open] = replacing.rows

    it('go when their row is removed, also after they were to be replaced', () => {
      for (const { rows, removed } of [
        withoutHeader(headers, gate),
        withoutHeader(replacing, row({ ...open })),
      ]) {
        expect(sent(rows, removed)).toEqual({ headers: { 'x-gate': null } })
      }
    })

    it('give way to what is entered in their place, also under another name', () => {
      const entered = (name: string) =>
        sent([row({ ...open, name, value: 'new' })], replacing.removed)
      expect(entered('x-gate')).toEqual({ headers: { 'x-gate': { secret: 'new' } } })
      expect(entered('x-door')).toEqual({
        headers: { 'x-gate': null, 'x-door': { secret: 'new' } },
      })
    })
  })

  it('are lost with the address, as the form warns', () => {
    const form = formOf(definition, withSecret)
    const moved = {
      ...form,
      fields: { ...form.fields, baseUrl: { kind: 'plain', value: 'https://c.example' } as const },
    }
    expect(losesSecrets(definition, moved, withSecret)).toBe(true)
  })
})

describe('a connection that is filled in by one of several ways', () => {
  const database = defineConnection({
    kind: 'database',
    title: 'Database',
    icon: 'x',
    description: '',
    lookups: [],
    ways: [
      { label: 'Login', fields: ['host', 'port', 'password'] },
      { label: 'Connection string', fields: ['connectionString'] },
    ],
    fields: {
      host: { kind: 'text', label: 'Host', required: true, address: true },
      port: { kind: 'number', label: 'Port', default: 5432, address: true },
      password: { kind: 'text', label: 'Password', secret: true },
      connectionString: { kind: 'text', label: 'String', required: true, secret: true },
      timeout: { kind: 'number', label: 'Timeout', default: 60 },
    },
  })
  const [, byString] = database.ways
  const byLogin: StoredConnection = {
    ...stored,
    kind: 'database',
    fields: { host: 'db.example.com', port: 5432, password: { set: true } },
  }

  it('starts with the usual way, or the one by which it was stored', () => {
    expect(formOf(database, undefined).way?.label).toBe('Login')
    const fields = { connectionString: { set: true } }
    expect(formOf(database, { ...byLogin, fields }).way?.label).toBe('Connection string')
  })

  it('is sent with the fields of its way only, and clears the secrets of the others', () => {
    const form = { ...formOf(database, byLogin), way: byString }
    expect(inputOf(database, form, 'mine').fields).toEqual({ password: null, timeout: 60 })
  })

  it('needs what its way needs, and keeps secrets only with an address that is in it', () => {
    const form = formOf(database, undefined)
    expect(whyNotSend(database, form)).toEqual({ host: '“Host” is required.' })
    expect(whyNotSend(database, { ...form, way: byString })).toEqual({
      connectionString: '“String” is required.',
    })
    expect(losesSecrets(database, { ...formOf(database, byLogin), way: byString }, byLogin)).toBe(
      false,
    )
  })

  it('takes the name of a server for a host, and no address of the web', () => {
    const at = (host: string, port: number | string) => ({
      ...formOf(database, undefined),
      fields: {
        host: { kind: 'plain', value: host } as const,
        port: { kind: 'plain', value: port } as const,
      },
    })
    expect(whyNotSend(database, at('db.example.com', 5432))).toEqual({})
    expect(whyNotSend(database, at('::1', 5432))).toEqual({})
    expect(whyNotSend(database, at('postgres://db', 70_000))).toEqual({
      host: 'Only the name or the address of the server, such as db.example.com.',
      port: 'A port is a whole number from 1 to 65535.',
    })
    expect(whyNotSend(database, at('${host}', '${port}'))).toEqual({})
    expect(whyNotSend(database, at('db.example.com', '${}'))).toEqual({
      port: 'Write one variable, such as ${port}.',
    })
  })
})
