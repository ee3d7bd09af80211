import { whyNever, whyNotSchedule } from '@millrace/flow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDue, nextRuns } from './next-runs.ts'

const iso = (times: readonly number[]) => times.map((time) => new Date(time).toISOString())
const berlin = 'Europe/Berlin'

describe('the times of a schedule', () => {
  it('go by the clock of its time zone, and by UTC without one', () => {
    const after = Date.UTC(2027, 0, 31, 12)
    expect(iso(nextRuns({ cron: '0 9 * * 1-5', timeZone: berlin }, { after, count: 2 }))).toEqual([
      '2027-02-01T08:00:00.000Z',
      '2027-02-02T08:00:00.000Z',
    ])
    expect(iso(nextRuns({ cron: '*/30 * * * *' }, { after, count: 2 }))).toEqual([
      '2027-01-31T12:30:00.000Z',
      '2027-01-31T13:00:00.000Z',
    ])
  })

  it('are none for a day that there is not', () => {
    expect(nextRuns({ cron: '0 0 31 2 *' }, { after: 0, count: 1 })).toEqual([])
  })

  it('come once a day, also where the clock is put forward or back', () => {
    const daily = { cron: '30 2 * * *', timeZone: berlin }
    // 02:30 is left out that day: what was due in the hour that is not comes right after it.
    const spring = nextRuns(daily, { after: Date.UTC(2027, 2, 27, 12), count: 2 })
    expect(iso(spring)).toEqual(['2027-03-28T01:00:00.000Z', '2027-03-29T00:30:00.000Z'])
    const autumn = nextRuns(daily, { after: Date.UTC(2027, 9, 30, 12), count: 2 })
    expect(iso(autumn)).toEqual(['2027-10-31T00:30:00.000Z', '2027-11-01T01:30:00.000Z'])
  })

  it('leave out those of several a day that fall into the hour that is not, and come in an hour twice', () => {
    const often = { cron: '0,30 1-3 * * *', timeZone: berlin }
    const spring = nextRuns(often, { after: Date.UTC(2027, 2, 27, 12), count: 5 })
    expect(iso(spring).map((time) => time.slice(5, 16))).toEqual([
      '03-28T00:00',
      '03-28T00:30',
      '03-28T01:00',
      '03-28T01:30',
      '03-28T23:00',
    ])
    const autumn = nextRuns(often, { after: Date.UTC(2027, 9, 30, 23, 30), count: 4 })
    expect(iso(autumn).map((time) => time.slice(5, 16))).toEqual([
      '10-31T00:00',
      '10-31T00:30',
      '10-31T01:00',
      '10-31T01:30',
    ])
  })

  it('are due when their minute begins, and at no other', () => {
    const [spring = 0] = nextRuns(
      { cron: '30 2 * * *', timeZone: berlin },
      { after: Date.UTC(2027, 2, 27, 12), count: 1 },
    )
    const around = [spring - 60_000, spring, spring + 60_000]
    expect(around.map((minute) => isDue({ cron: '30 2 * * *', timeZone: berlin }, minute))).toEqual(
      [false, true, false],
    )
  })

  it('can be told of every expression that the check lets through, and are none where it warns', () => {
    const item = (least: number, most: number) => {
      const number = fc.integer({ min: least, max: most })
      const step = fc.integer({ min: 1, max: most })
      const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`)
      return fc.oneof(
        fc.constant('*'),
        number.map(String),
        range,
        step.map((by) => `*/${by}`),
        fc.tuple(range, step).map(([from, by]) => `${from}/${by}`),
      )
    }
    const field = (least: number, most: number) =>
      fc.array(item(least, most), { minLength: 1, maxLength: 3 }).map((items) => items.join(','))
    const cron = fc
      .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7))
      .map((fields) => fields.join(' '))
    const monthEnds = fc
      .tuple(item(29, 31), item(1, 12), fc.constantFrom('*', '*/1', '1'))
      .map(([day, month, weekday]) => `0 0 ${day} ${month} ${weekday}`)
    fc.assert(
      fc.property(fc.oneof(cron, monthEnds), (text) => {
        expect(whyNotSchedule({ cron: text })).toBeUndefined()
        const times = nextRuns({ cron: text }, { after: 0, count: 1 })
        expect(times.length).toBe(whyNever({ cron: text }) === undefined ? 1 : 0)
      }),
    )
  })
})
