import { noTests, parseFlowTests, type FlowTestExpectation, type JsonValue } from '@millrace/flow'

/** What a typed expectation turned out to be. */
type ReadExpectation =
  | { readonly expectation: FlowTestExpectation; readonly problem?: undefined }
  /** A sentence that says what is wrong, and where in it. */
  | { readonly problem: string; readonly expectation?: undefined }

/** Reads what a test expects, as somebody typed it; nothing expects nothing. */
export function readExpectation(value: JsonValue | undefined): ReadExpectation {
  const test = { name: 'draft', expect: value ?? {} }
  const parsed = parseFlowTests({ ...noTests('draft'), tests: [test] })
  if (parsed.status === 'tests') return { expectation: parsed.tests.tests[0]?.expect ?? {} }
  const message = parsed.problems[0]?.message ?? ''
  return {
    problem: message.replace(/^At tests\[0\]\.expect(?:\.|: )?/, (at) =>
      at.endsWith('.') ? 'At ' : '',
    ),
  }
}
