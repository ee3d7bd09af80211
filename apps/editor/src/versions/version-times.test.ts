import { expect, it } from 'vitest'
import { byDay, dayOf, momentOf, timeOf } from './version-times.ts'

const now = new Date(2026, 10, 26, 20, 30)

it('says the day as people do', () => {
  expect(dayOf(new Date(2026, 10, 26, 0, 1), now)).toBe('Today')
  expect(dayOf(new Date(2026, 10, 25, 23, 59), now)).toBe('Yesterday')
  expect(dayOf(new Date(2026, 10, 23, 12, 0), now)).toBe('Monday, November 23')
  expect(dayOf(new Date(2025, 11, 1, 12, 0), now)).toBe('December 1, 2025')
})

it('says the time of day with two digits', () => {
  expect(timeOf(new Date(2026, 10, 26, 0, 5))).toBe('00:05')
  expect(momentOf(new Date(2026, 10, 26, 18, 5), now)).toBe('today, 18:05')
  expect(momentOf(new Date(2026, 10, 23, 18, 5), now)).toBe('Monday, November 23, 18:05')
})

it('groups by day and keeps the order', () => {
  const at = (day: number, hour: number) => ({ savedAt: new Date(2026, 10, day, hour) })
  expect(byDay([at(26, 9), at(26, 8), at(25, 23)], now)).toEqual([
    { day: 'Today', items: [at(26, 9), at(26, 8)], times: ['09:00', '08:00'] },
    { day: 'Yesterday', items: [at(25, 23)], times: ['23:00'] },
  ])
})

it('tells versions of one minute apart by their seconds', () => {
  const at = (minute: number, second: number) => ({
    savedAt: new Date(2026, 10, 26, 0, minute, second),
  })
  const [today] = byDay([at(5, 9), at(5, 2), at(4, 7)], now)
  expect(today?.times).toEqual(['00:05:09', '00:05:02', '00:04'])
})
