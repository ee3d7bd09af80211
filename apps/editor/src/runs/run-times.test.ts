import { expect, it } from 'vitest'
import { lengthText, startText } from './run-times.ts'
import { storedRun } from './testing/stored-run.ts'

it('names the day of a run only when it is another one', () => {
  const now = new Date(2026, 0, 2, 15)
  expect(startText(new Date(2026, 0, 2, 14, 2, 11), now)).toBe('14:02:11')
  expect(startText(new Date(2026, 0, 1, 14, 2, 11), now)).toBe('Jan 1, 14:02:11')
  expect(startText(new Date(2025, 11, 31, 0, 2, 11), now)).toBe('Dec 31, 2025, 00:02:11')
})

it('counts whole seconds while a run goes on', () => {
  const run = storedRun('one', 0, { endedAt: undefined })
  const after = (seconds: number) => new Date(run.startedAt.getTime() + seconds * 1000)
  expect([-1, 12.9, 75, 3725].map((seconds) => lengthText(run, after(seconds)))).toEqual([
    '0 s',
    '12 s',
    '1 min 15 s',
    '1 h 2 min',
  ])
  expect(lengthText(storedRun('two', 0), after(9))).toBe('1.50 s')
})
