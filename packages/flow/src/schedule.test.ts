import { describe, expect, it } from 'vitest'
import { readSchedule, whyNever, whyNotSchedule } from './schedule.ts'

describe('a schedule', () => {
  it('is a cron expression, and a time zone perhaps', () => {
    expect(readSchedule({ cron: '* * * * *' })).toEqual({ cron: '* * * * *' })
    expect(readSchedule({ cron: '', timeZone: 'UTC', more: 1 })).toEqual({
      cron: '',
      timeZone: 'UTC',
    })
    for (const value of [null, '* * * * *', {}, { cron: 1 }, { cron: '', timeZone: 1 }]) {
      expect(readSchedule(value)).toBeUndefined()
    }
  })

  it.each(['* * * * *', ' 0  9 * JAN-MAR mon,FRI ', '*/5 0-12/2 1,15 12 7', '59 23 31 1 0'])(
    'may be "%s"',
    (cron) => {
      expect(whyNotSchedule({ cron, timeZone: 'Europe/Berlin' })).toBeUndefined()
    },
  )

  it.each([
    ['', 'has one part and needs five'],
    ['* * * *', 'has 4 parts and needs five'],
    ['0 * * * * *', 'has 6 parts'],
    ['60 * * * *', 'has the minute "60"; it is *, a number from 0 to 59'],
    ['* 24 * * *', 'has the hour "24"'],
    ['* * 0 * *', 'has the day "0"'],
    ['* * * 13 *', 'has the month "13"; it is *, a number from 1 to 12 (or JAN to DEC)'],
    ['* * * * 8', 'has the weekday "8"'],
    ['5-1 * * * *', 'has the minute "5-1"'],
    ['*/0 * * * *', 'has the minute "*/0"'],
    ['*/60 * * * *', 'has the minute "*/60"'],
    ['5/2 * * * *', 'has the minute "5/2"'],
    ['1,, * * * *', 'has the minute ""'],
    ['@daily * * * *', 'has the minute "@daily"'],
    ['* * L * *', 'has the day "L"'],
  ])('is not "%s"', (cron, why) => {
    expect(whyNotSchedule({ cron })).toContain(why)
  })

  it('goes by a clock that there is', () => {
    expect(whyNotSchedule({ cron: '* * * * *', timeZone: 'Mars/Olympus' })).toContain(
      'has the time zone "Mars/Olympus", which nobody knows',
    )
  })

  it.each(['0 0 31 2 *', '0 0 30,31 FEB *', '* * 31 2,4,6,9,11 *', '0 9 31-31/2 4-4,JUN *'])(
    'never comes as "%s"',
    (cron) => {
      expect(whyNever({ cron })).toContain('never comes')
    },
  )

  it('is as long as a list of everything at most, and a longer one is no trouble', () => {
    const days = Array.from({ length: 50_000 }, () => '1-31').join()
    expect(whyNotSchedule({ cron: `0 0 ${days} * *` })).toContain('characters and may have 500')
    expect(whyNever({ cron: `0 0 ${days} * *` })).toBeUndefined()
    const all = (count: number, first = 0) => Array.from({ length: count }, (_, i) => i + first)
    const cron = `${all(60).join()} ${all(24).join()} ${all(31, 1).join()} ${all(12, 1).join()} ${all(8).join()}`
    expect(whyNotSchedule({ cron })).toBeUndefined()
  })

  it.each(['0 0 29 2 *', '0 0 31 1-2 *', '0 0 28-31 2 *', '0 0 */30 2 *', '0 0 31 2 MON'])(
    'comes as "%s"',
    (cron) => {
      expect(whyNever({ cron })).toBeUndefined()
    },
  )
})
