import { access, constants } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import {
  noTests,
  serializeFlowTests,
  uniqueTestName,
  type FlowTest,
  type FlowTests,
} from '@millrace/flow'
import { UsageError } from './exit-code.ts'
import { readFlowTests } from './read-flow-tests.ts'
import { whyOf, writeText } from './read-flow.ts'

/**
 * The file that a recorded test goes into: the one that is there, or a new one. Throws a `UsageError`
 * for a file that holds something else.
 */
export async function openTestFile(path: string, flowPath: string): Promise<FlowTests> {
  if (!path.endsWith('.test.json')) {
    throw new UsageError(`--record is "${path}". Give a file whose name ends in ".test.json".`)
  }
  try {
    // Before the run, which may be long and paid for.
    await access(dirname(path), constants.W_OK)
  } catch (error) {
    throw new UsageError(`"${path}" cannot be written (${whyOf(error)}). Check the path.`)
  }
  const flow = relative(dirname(path), flowPath).replaceAll('\\', '/')
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (!isThere) return noTests(flow)
  const parsed = await readFlowTests(path)
  if (parsed.status === 'tests') return parsed.tests
  throw new UsageError(`"${path}" is no file of tests: ${parsed.problems[0]?.message ?? ''}`)
}

/** Adds a test under a free name, and answers that name. */
export async function saveTest(path: string, tests: FlowTests, test: FlowTest): Promise<string> {
  const name = uniqueTestName(test.name, tests.tests)
  const added = { ...tests, tests: [...tests.tests, { ...test, name }] }
  await writeText(path, serializeFlowTests(added))
  return name
}
