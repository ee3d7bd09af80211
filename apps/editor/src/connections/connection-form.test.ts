import { defineConnection } from '@millrace/flow'
import { expect, it } from 'vitest'
import type { StoredConnection } from '../api/connections-api.ts'
import { formOf, freeIdFor, inputOf, losesSecrets, whyNotSend } from './connection-form.ts'

const definition = defineConnection({
  kind: 'model',
  title: 'Model server',
  icon: 'x',
  description: '',
  lookups: [],
  fields: {
    apiKey: { kind: 'text', label: 'API key', secret: true },
    baseUrl: { kind: 'text', label: 'Base URL', address: true, default: 'https://a.example/v1' },
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
