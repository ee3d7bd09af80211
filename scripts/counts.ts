/** How many tests ended how. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The failed tests of Vitest's JSON report, in its order, each as `file › title`. */
export function vitestFailures(report: unknown): readonly string[] {
  return vitestReport(report).testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter(isFailed)
    if (failed.length === 0 && status === 'failed') return [`${name} could not be loaded`]
    return failed.map(({ fullName }) => `${name} › ${fullName}`)
  })
}

/** What Vitest's JSON reporter says, with files that could not be loaded counted as failures. */
export function vitestCounts(report: unknown, exitCode: number): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    vitestReport(report)
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  )
  return atLeastOneFailure(exitCode, {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    skipped: numPendingTests + numTodoTests,
  })
}

/** What Playwright's JSON reporter says. A journey that passed on a second try failed. */
export function playwrightCounts(report: unknown, exitCode: number): Counts {
  // The shape is the reporter's, whose version is pinned.
  const { stats } = (report ?? emptyPlaywrightReport) as typeof emptyPlaywrightReport
  return atLeastOneFailure(exitCode, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  })
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }
}

/** `12 passed, 0 failed`, and `, 1 skipped` when there are any. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A runner that failed without a failed test (a stray rejection, a crash) is a failure too. */
function atLeastOneFailure(exitCode: number, counts: Counts): Counts {
  return exitCode === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) }
}

function isFailed(result: { status: string }): boolean {
  return result.status === 'failed'
}

function vitestReport(report: unknown): typeof emptyVitestReport {
  // The shape is the reporter's, whose version is pinned.
  return (report ?? emptyVitestReport) as typeof emptyVitestReport
}

const emptyVitestReport = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [] as {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[],
}

const emptyPlaywrightReport = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }
