import { expect, it } from 'vitest'
import { startWords } from './start-words.ts'

const nextAt = new Date('2027-02-01T08:00:00.000Z')

it('tells what starts next, by the clock of who reads it', () => {
  expect(startWords({ environment: 'production', nextAt }, 'Europe/Berlin')).toBe(
    'The published flow starts next on Mon, Feb 1, 2027, 09:00, your time.',
  )
  expect(startWords({ environment: 'development', nextAt }, 'America/New_York')).toBe(
    'The saved flow starts next on Mon, Feb 1, 2027, 03:00, your time.',
  )
})

it('tells what never starts', () => {
  expect(startWords({ environment: 'production', nextAt: undefined }, 'UTC')).toBe(
    'The published flow never starts by the clock.',
  )
})

it('tells what to do for a flow that is not on the clock', () => {
  expect(startWords(undefined, 'UTC')).toBe(
    'Not on the clock yet. Publish the flow to production; on a server without a password, saving it is enough.',
  )
})
