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
  expect(inputOf(form, { id: 'model', kind: 'model' })).toEqual({
    id: 'model',
    kind: 'model',
    name: 'Model server',
    fields: { baseUrl: 'https://a.example/v1' },
  })
})

it('never sends a stored secret back, so that it stays', () => {
  const form = formOf(definition, stored)
  expect(form.fields['apiKey']).toEqual({ kind: 'storedSecret' })
  expect(inputOf(form, stored).fields).toEqual({
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
  expect(inputOf(emptied, stored).fields['apiKey']).toBeNull()
})

it('names what is missing or no address before anything is sent', () => {
  const form = formOf(definition, undefined)
  const wrong = {
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
    inputOf({ name: 'Mine', fields: { headers: { kind: 'headers', rows, removed } } }, stored)
      .fields

  it('are shown as set, and stay when they are left alone', () => {
    const form = formOf(definition, withSecret)
    expect(form.fields['headers']).toMatchObject({
      rows: [
        { name: 'x-a', value: '1', secrecy: 'open' },
        { name: 'x-gate', value: '', secrecy: 'stored' },
      ],
    })
    expect(inputOf(form, stored).fields['headers']).toEqual({ 'x-a': '1' })
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
