import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forgettableRevisions, type DatedRevision, type MostKept } from './forgettable-revisions.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Noon, so that neither an hour nor a day begins a moment ago. */
const now = 20_000 * day + 12 * hour

/** Revisions of these ages, the oldest first, numbered from 1. */
function aged(...ages: readonly number[]): readonly DatedRevision[] {
  return ages.map((age, index) => ({
    revision: index + 1,
    savedAt: now - age,
    isNamed: false,
    wasPublished: false,
    bytes: 10,
  }))
}

function forgotten(revisions: readonly DatedRevision[]): readonly number[] {
  return forgettableRevisions(revisions, { current: revisions.length, now }).toSorted(
    (left, right) => left - right,
  )
}

describe('of the revisions of a flow', () => {
  it('all of the last ten minutes stay', () => {
    expect(forgotten(aged(9 * minute, 3, 2, 1, 0, 0))).toEqual([])
  })

  it('the last of each minute, ten minutes, hour and day stays of older ones', () => {
    const sameMinute = [20.5, 20.4, 20.2].map((minutes) => minutes * minute)
    expect(forgotten(aged(40 * day, ...sameMinute, 0))).toEqual([2, 3])
    const sameTenMinutes = [5 * hour - minute, 5 * hour - 3 * minute]
    expect(forgotten(aged(40 * day, ...sameTenMinutes, 0))).toEqual([2])
    const sameHour = [3 * day - minute, 3 * day - 40 * minute]
    expect(forgotten(aged(40 * day, ...sameHour, 0))).toEqual([2])
    const sameDay = [40 * day - hour, 40 * day - 9 * hour]
    expect(forgotten(aged(50 * day, ...sameDay, 0))).toEqual([2])
  })

  it('the first, the named and the published ones stay, however close they are to others', () => {
    const [first, second, third, ...rest] = aged(40 * day, 40 * day - 1, 40 * day - 2, 0)
    if (first === undefined || second === undefined || third === undefined) throw new Error()
    expect(forgotten([first, second, third, ...rest])).toEqual([2])
    expect(forgotten([first, { ...second, isNamed: true }, third, ...rest])).toEqual([])
    expect(forgotten([first, { ...second, wasPublished: true }, third, ...rest])).toEqual([])
  })

  it('the oldest go when all of them take too much room', () => {
    const large = aged(9, 8, 7, 6, 5).map((one) => ({ ...one, bytes: 20 * 1024 * 1024 }))
    expect(forgotten(large)).toEqual([2, 3])
  })

  it('no more stay than an operator wants, but for those that always do', () => {
    const all = aged(9, 8, 7, 6, 5).map((one, index) => ({ ...one, isNamed: index === 1 }))
    const most = (mostKept: MostKept) =>
      forgettableRevisions(all, { current: 5, now, mostKept }).toSorted((a, b) => a - b)
    expect(most({ revisions: 4, bytes: 1000 })).toEqual([3])
    expect(most({ revisions: 2, bytes: 1000 })).toEqual([3, 4])
    expect(most({ revisions: 9, bytes: 30 })).toEqual([3, 4])
  })
})

const anyRevisions = fc
  .array(
    fc.record({
      age: fc.nat(400 * day),
      isNamed: fc.boolean(),
      wasPublished: fc.boolean(),
      bytes: fc.nat(1024 * 1024),
    }),
    { minLength: 1, maxLength: 200 },
  )
  .map((all) =>
    all
      .toSorted((left, right) => right.age - left.age)
      .map(({ age, ...one }, index) => ({
        ...one,
        revision: index + 1,
        savedAt: now - age,
      })),
  )

it('the first, the current, the named and the published ones never go, and what stays stays when asked again', () => {
  fc.assert(
    fc.property(anyRevisions, (revisions) => {
      const gone = new Set(forgotten(revisions))
      const kept = revisions.filter(({ revision }) => !gone.has(revision))
      expect(gone.has(1) || gone.has(revisions.length)).toBe(false)
      const pinned = revisions.filter(({ isNamed, wasPublished }) => isNamed || wasPublished)
      expect(pinned.filter(({ revision }) => gone.has(revision))).toEqual([])
      expect(forgettableRevisions(kept, { current: revisions.length, now })).toEqual([])
    }),
  )
})
