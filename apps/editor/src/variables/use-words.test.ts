import { expect, it } from 'vitest'
import { deletionWords, guidanceWords } from './use-words.ts'

const parcels = { id: 'parcels', name: 'Parcels', guidesSecrets: true }
const orders = { id: 'orders', name: 'Orders', guidesSecrets: false }

it('says which connections the deletion of a variable closes', () => {
  expect(deletionWords([])).toBe('No connection uses it. Its values are deleted with it.')
  expect(deletionWords([parcels])).toBe(
    '“Parcels” uses it, and cannot be opened until it has a value again. Its values are deleted with it.',
  )
  expect(deletionWords([parcels, orders])).toMatch(/^“Parcels” and “Orders” use it, and cannot/)
})

it('says whose secrets go elsewhere with another value', () => {
  expect(guidanceWords([orders])).toBeUndefined()
  expect(guidanceWords([parcels, orders])).toBe(
    'It is part of where “Parcels” leads: with another value, its secrets go there.',
  )
})
