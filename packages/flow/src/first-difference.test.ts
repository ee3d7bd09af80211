import { describe, expect, it } from 'vitest'
import { firstDifference } from './first-difference.ts'

describe('the first difference of two values', () => {
  it('is none between values that say the same, whatever the order of their keys', () => {
    expect(firstDifference({ a: 1, b: [null, 'x'] }, { b: [null, 'x'], a: 1 })).toBeUndefined()
  })

  it('is found as deep as it lies', () => {
    expect(
      firstDifference({ rows: [{ id: 1 }, { id: 2 }] }, { rows: [{ id: 1 }, { id: 3 }] }),
    ).toEqual({ path: ['rows', 1, 'id'], left: 2, right: 3 })
  })

  it('is where only one of them has something', () => {
    expect(firstDifference([1], [1, 2])).toEqual({ path: [1], left: undefined, right: 2 })
    expect(firstDifference({ a: 1 }, {})).toEqual({ path: ['a'], left: 1, right: undefined })
  })

  it('is at the top where they are of other kinds', () => {
    expect(firstDifference([], {})).toEqual({ path: [], left: [], right: {} })
    expect(firstDifference(null, undefined)).toEqual({ path: [], left: null, right: undefined })
  })

  it('is not misled by names that every object has', () => {
    expect(firstDifference({ constructor: 1 }, {})).toEqual({
      path: ['constructor'],
      left: 1,
      right: undefined,
    })
  })
})
