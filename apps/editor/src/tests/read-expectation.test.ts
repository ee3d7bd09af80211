import { expect, it } from 'vitest'
import { readExpectation } from './read-expectation.ts'

it('takes an expectation as it is, and nothing for one of nothing', () => {
  const whole = { outcome: 'completed', yields: ['Hi'], result: null }
  expect(readExpectation(whole)).toEqual({ expectation: whole })
  expect(readExpectation(undefined)).toEqual({ expectation: {} })
})

it('says what is wrong and where, as somebody sees it who edits the expectation alone', () => {
  expect(readExpectation({ outcom: 'failed' })).toEqual({
    problem: 'At outcom: This is not known in this version of the format. Remove it.',
  })
  expect(readExpectation({ yields: 3 })).toEqual({
    problem: 'At yields: Here should be a list, and there is a number.',
  })
  expect(readExpectation('Hi')).toEqual({
    problem: 'Here should be an object, and there is text.',
  })
})
