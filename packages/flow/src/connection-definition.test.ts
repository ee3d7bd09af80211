import { expect, it } from 'vitest'
import { defineConnection, isOfWay, wayTaken } from './connection-definition.ts'

const text = { kind: 'text', label: 'Text' } as const
const definition = defineConnection({
  kind: 'store',
  title: 'Store',
  icon: 'store',
  description: '',
  ways: [
    { label: 'Login', fields: ['host', 'user'] },
    { label: 'Principal', fields: ['host', 'client'] },
    { label: 'Text', fields: ['string'] },
  ],
  fields: { host: text, user: text, client: text, string: text, timeout: text },
  lookups: [],
})
const taken = (...given: readonly string[]) => wayTaken(definition, new Set(given))?.label

it('takes the first way of whose own fields any is given', () => {
  expect(taken('host', 'user')).toBe('Login')
  expect(taken('host', 'client')).toBe('Principal')
  expect(taken('string', 'timeout')).toBe('Text')
  expect(taken('client', 'string')).toBe('Principal')
})

it('takes the usual way of those that a shared field leaves', () => {
  expect(taken('host')).toBe('Login')
  expect(taken('timeout')).toBe('Login')
  expect(taken()).toBe('Login')
})

it('counts a field that no way lists to each', () => {
  const way = wayTaken(definition, new Set(['string']))
  const keys = Object.keys(definition.fields).filter((key) => isOfWay(definition, way, key))
  expect(keys).toEqual(['string', 'timeout'])
})

it('knows no way where a kind has none', () => {
  const plain = { ...definition, ways: [] }
  expect(wayTaken(plain, new Set(['host']))).toBeUndefined()
  expect(isOfWay(plain, undefined, 'host')).toBe(true)
})
