import { expect, it } from 'vitest'
import { sinceWhen, untilWhen } from './since-when.ts'

const now = new Date('2026-11-23T12:00:00Z')
const ago = (ms: number) => sinceWhen(new Date(now.getTime() - ms), now)

it('says how long ago in words, and the date after a week', () => {
  expect([ago(5000), ago(5 * 60_000), ago(3 * 3_600_000), ago(86_400_000)]).toEqual([
    'just now',
    '5 minutes ago',
    '3 hours ago',
    'yesterday',
  ])
  expect(ago(30 * 86_400_000)).toBe('Oct 24, 2026')
})

it('says when something will be: in minutes, by its weekday and clock, by its date', () => {
  const ahead = (ms: number) => untilWhen(new Date(now.getTime() + ms), now)
  expect([ahead(-5000), ahead(5000), ahead(5 * 60_000)]).toEqual([
    'in a moment',
    'in a moment',
    'in 5 minutes',
  ])
  // By the clock of this machine, whatever its zone is.
  expect(ahead(2.9 * 86_400_000)).toMatch(/^(?:Wed|Thu) \d\d:\d\d$/)
  expect(ahead(30 * 86_400_000)).toBe('Dec 23, 2026')
})

it('says nothing of a time that is not known', () => {
  expect(sinceWhen(new Date('x'), now)).toBe('')
})
