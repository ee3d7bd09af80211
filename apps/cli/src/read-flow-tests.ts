import { dirname, join, resolve } from 'node:path'
import { parseFlowTests, type Flow, type FlowTests, type ParsedFlowTests } from '@millrace/flow'
import { UsageError } from './exit-code.ts'
import { isThere } from './is-there.ts'
import { parseJson, readFlow, readText, type MalformedFile } from './read-flow.ts'

/** A file of tests with the flow that they test, or the problems that make one of the two none. */
export type TestFile = { readonly path: string } & (
  | { readonly status: 'tests'; readonly tests: FlowTests; readonly flow: Flow }
  | MalformedFile
)

/** Reads a file of tests and its flow. Throws a `UsageError` when one of them cannot be read. */
export async function readTestFile(path: string): Promise<TestFile> {
  const parsed = await readFlowTests(path)
  if (parsed.status === 'malformed') return { ...parsed, path }
  const { tests } = parsed
  const flowPath = await flowPathOf(tests.flow, path)
  const file = await readFlow(flowPath)
  return file.status === 'flow'
    ? { status: 'tests', path, tests, flow: file.flow }
    : { status: 'malformed', path: flowPath, problems: file.problems }
}

/** Reads a file of tests by itself. Throws a `UsageError` when it cannot. */
export async function readFlowTests(path: string): Promise<ParsedFlowTests> {
  return parseFlowTests(parseJson(await readText(path), path))
}

/** An id stands for the file of that name beside the tests, or the one that the tests are named after. */
async function flowPathOf(flow: string, testsPath: string): Promise<string> {
  const folder = dirname(testsPath)
  if (flow.endsWith('.json')) return resolve(folder, flow)
  const stem = testsPath.replace(/\.test\.json$/, '')
  const candidates = [join(folder, flow), stem].flatMap((path) => [
    `${path}.json`,
    `${path}.flow.json`,
  ])
  for (const candidate of candidates) {
    if (candidate !== testsPath && (await isThere(candidate))) return candidate
  }
  throw new UsageError(
    `"${testsPath}" tests the flow "${flow}", and there is no "${candidates[0]}". Put the flow there, or write its path into "flow".`,
  )
}
