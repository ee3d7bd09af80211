import { expect, it } from 'vitest'
import { previewSchedule } from './schedule-preview.ts'

/** A Sunday, at noon. */
const now = Date.UTC(2027, 0, 31, 12)

it('tells in words when a flow starts, and the next times by its own clock', () => {
  expect(previewSchedule({ cron: ' 0 9 * * 1-5 ', timeZone: 'America/New_York' }, now)).toEqual({
    status: 'ready',
    words: 'At 09:00, Monday through Friday',
    times: [
      { day: 'Mon, Feb 1, 2027', time: '09:00' },
      { day: 'Tue, Feb 2, 2027', time: '09:00' },
      { day: 'Wed, Feb 3, 2027', time: '09:00' },
    ],
  })
})

it('has no times for a day that there is not', () => {
  expect(previewSchedule({ cron: '0 0 31 2 *' }, now)).toMatchObject({ times: [] })
})

it('tells nothing of what cannot be kept', () => {
  expect(previewSchedule({ cron: '0 9 * *' }, now)).toEqual({ status: 'wrong' })
  expect(previewSchedule({ cron: '* * * * *', timeZone: 'Mars' }, now)).toEqual({ status: 'wrong' })
})
