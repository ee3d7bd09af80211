import type { FlowTests } from '@millrace/flow'
import { describeDifference, type FlowTestResult } from '@millrace/flow-tests'
import { formatProblems } from './print-problems.ts'
import type { TestFile } from './read-flow-tests.ts'

/** How the tests of one file went. */
export interface FileResult {
  readonly file: TestFile
  readonly results: readonly FlowTestResult[]
}

/** Whether everything in a file is as it should be. */
export function isGreen({ file, results }: FileResult): boolean {
  return file.status === 'tests' && results.every(({ passed }) => passed)
}

/** The lines of one file: its name, each test, and in what those that failed differ. */
export function reportFile({ file, results }: FileResult): string {
  if (file.status === 'malformed') return `${file.path}\n${indented(formatProblems(file.problems))}`
  return [file.path, ...results.map(reportTest)].join('\n')
}

function reportTest({ name, passed, ms, differences, error }: FlowTestResult): string {
  const head = `  ${passed ? '✓' : '✗'} ${name} (${ms} ms)`
  if (passed) return head
  const said = error === undefined ? [] : [`${error.message} [${error.code}]`]
  const lines = [...said, ...differences.map(describeDifference)]
  return [head, ...lines.map((line) => `      ${line}`)].join('\n')
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}

/** The last line. */
export function summarize(files: readonly FileResult[]): string {
  const results = files.flatMap(({ results: those }) => those)
  const passed = results.filter((result) => result.passed).length
  const unreadable = files.filter(({ file }) => file.status === 'malformed').length
  const more = unreadable === 0 ? '' : `, ${unreadable} cannot be read`
  return `${passed} passed, ${results.length - passed} failed${more}`
}

/** The same for programs. */
export function reportJson(files: readonly FileResult[]): string {
  const shown = files.map(({ file, results }) =>
    file.status === 'malformed'
      ? { path: file.path, problems: file.problems }
      : { path: file.path, flow: file.flow.id, tests: results },
  )
  return JSON.stringify({ files: shown }, null, 2)
}

/** The tests of a file whose names hold a text. */
export function selected(tests: FlowTests, filter: string | undefined): FlowTests['tests'] {
  if (filter === undefined) return tests.tests
  return tests.tests.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
}
