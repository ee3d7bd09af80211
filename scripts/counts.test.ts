import { expect, it } from 'vitest'
import {
  addCounts,
  formatCounts,
  playwrightCounts,
  vitestCounts,
  vitestFailures,
} from './counts.ts'

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ],
}

it('counts a file that could not be loaded as a failure', () => {
  const unloaded = { status: 'failed', assertionResults: [] }
  const report = { ...vitestReport, testResults: [...vitestReport.testResults, unloaded] }
  expect(vitestCounts(report, 1)).toEqual({ passed: 5, failed: 2, skipped: 3 })
})

it('names each test that failed, and each file that could not be loaded', () => {
  const results = [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'adds' },
        { status: 'failed', fullName: 'divides by zero' },
      ],
    },
    { name: 'b.test.ts', status: 'failed', assertionResults: [] },
    { name: 'c.test.ts', status: 'passed', assertionResults: [] },
  ]
  expect(vitestFailures({ ...vitestReport, testResults: results })).toEqual([
    'a.test.ts › divides by zero',
    'b.test.ts could not be loaded',
  ])
  expect(vitestFailures(undefined)).toEqual([])
})

it('counts a runner that failed without a failed test', () => {
  const report = { ...vitestReport, numFailedTests: 0, testResults: [] }
  expect(vitestCounts(report, 1).failed).toBe(1)
  expect(vitestCounts(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

it('counts a journey that passed on a second try as a failure', () => {
  const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }
  expect(playwrightCounts({ stats }, 0)).toEqual({ passed: 3, failed: 1, skipped: 0 })
})

it('ends with one line that leaves out what is zero', () => {
  const counts = { passed: 2, failed: 0, skipped: 0 }
  expect(formatCounts(counts)).toBe('2 passed, 0 failed')
  expect(formatCounts(addCounts(counts, { ...counts, skipped: 1 }))).toBe(
    '4 passed, 0 failed, 1 skipped',
  )
})
