import type { RunTiming } from '@millrace/flow'
import { expect, it } from 'vitest'
import { figureRows, summaryOfFigures } from './figures.ts'
import { durationText } from '../ui/duration-text.ts'

const timing: RunTiming = {
  first: { totalMs: 302, modelMs: 297, otherMs: 0, pauseMs: 0, engineMs: 5 },
  whole: { totalMs: 1500, modelMs: 1100, otherMs: 0, pauseMs: 390, engineMs: 10 },
  tokensPerSecond: 38,
}

it.each([
  [0, '<1 ms'],
  [7.4, '7 ms'],
  [1234, '1.23 s'],
  [59_990, '59.99 s'],
  [61_500, '1 min 2 s'],
])('writes %d ms as %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text)
})

it('sums a turn up in one line, without what is not known', () => {
  const usage = { inputTokens: 64, outputTokens: 46, totalTokens: 110 }
  expect(summaryOfFigures(timing, usage)).toBe('First 302 ms · 1.50 s · 110 tokens')
  expect(summaryOfFigures({ ...timing, first: undefined }, null)).toBe('1.50 s')
  expect(summaryOfFigures(undefined, null)).toBe('')
})

it('breaks the time down, always with a part of the engine', () => {
  expect(figureRows(timing)).toEqual([
    { part: 'model', label: 'Model', firstMs: 297, wholeMs: 1100 },
    { part: 'pause', label: 'Retry pause', firstMs: 0, wholeMs: 390 },
    { part: 'engine', label: 'Engine', firstMs: 5, wholeMs: 10 },
  ])
})

it('tells of no model where none was asked', () => {
  const whole = { totalMs: 4, modelMs: 0, otherMs: 3, pauseMs: 0, engineMs: 1 }
  expect(figureRows({ first: undefined, whole })).toEqual([
    { part: 'other', label: 'Other calls', firstMs: undefined, wholeMs: 3 },
    { part: 'engine', label: 'Engine', firstMs: undefined, wholeMs: 1 },
  ])
})
