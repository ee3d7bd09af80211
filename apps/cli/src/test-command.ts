import { availableParallelism } from 'node:os'
import { serializeFlowTests } from '@millrace/flow'
import { runFlowTests, updatedTest, whyNotUpdated, type TestedFlow } from '@millrace/flow-tests'
import * as nodes from '@millrace/nodes/server'
import { defineCommand } from 'citty'
import { exitCodes, UsageError } from './exit-code.ts'
import { findTestFiles } from './find-test-files.ts'
import { installedNodes } from './installed-nodes.ts'
import { orMalformed, writeText } from './read-flow.ts'
import { readTestFile } from './read-flow-tests.ts'
import {
  isGreen,
  reportFile,
  reportJson,
  selected,
  summarize,
  type FileResult,
} from './test-report.ts'

/** `millrace test [paths…]`: runs the tests of flows, with no network and no key. */
export const testCommand = defineCommand({
  meta: { name: 'test', description: 'Run the tests of flows; exit code 1 when one fails.' },
  args: {
    paths: {
      type: 'positional',
      description: 'Files of tests, or folders in which all *.test.json are run; default: here',
      required: false,
    },
    filter: { type: 'string', description: 'Run only tests whose name holds this text' },
    json: { type: 'boolean', description: 'Print the results as JSON' },
    update: {
      type: 'boolean',
      description: 'Show what differs, and make it what is expected',
    },
    'real-time': { type: 'boolean', description: 'Wait as long as the recorded run waited' },
  },
  async run({ args }) {
    const paths = args._.length === 0 ? ['.'] : args._
    const files = await findTestFiles(paths)
    if (files.length === 0) {
      throw new UsageError(
        `There is no *.test.json in ${paths.map((path) => `"${path}"`).join(', ')}. Record one: millrace run flow.json --record flow.test.json`,
      )
    }
    const options = {
      filter: args.filter,
      time: args['real-time'] === true ? 'real' : 'virtual',
    } as const
    const results = await testFiles(files, options)
    const isReadable = results.every(({ file }) => file.status === 'tests')
    if (isReadable && results.every(({ results: those }) => those.length === 0)) {
      throw new UsageError(
        args.filter === undefined
          ? `There is no test in ${files.join(', ')}. Record one with millrace run --record.`
          : `No test has "${args.filter}" in its name. Check --filter.`,
      )
    }
    if (args.json === true) console.log(reportJson(results))
    else console.log([...results.map(reportFile), summarize(results)].join('\n'))
    if (args.update === true) return await update(results)
    return results.every(isGreen) ? exitCodes.ok : exitCodes.failed
  },
})

interface TestOptions {
  readonly filter: string | undefined
  readonly time: 'virtual' | 'real'
}

async function testFiles(
  paths: readonly string[],
  options: TestOptions,
): Promise<readonly FileResult[]> {
  const { registry, packages } = await installedNodes(process.env)
  const functions = nodes.createFunctionSandbox()
  const installed = { registry, packages: [nodes, ...packages], services: { functions } }
  try {
    return await mapBounded(paths, (path) => testFile(path, { ...options, installed }))
  } finally {
    await functions.close()
  }
}

async function testFile(
  path: string,
  {
    filter,
    time,
    installed,
  }: TestOptions & { readonly installed: Omit<TestedFlow, 'flow' | 'time'> },
): Promise<FileResult> {
  const file = { path, ...(await orMalformed(readTestFile(path))) }
  if (file.status === 'malformed') return { file, results: [] }
  const tested = { ...installed, flow: file.flow, time }
  return { file, results: await runFlowTests(tested, selected(file.tests, filter)) }
}

/** Rewrites what differed; files in which nothing did stay as they are. */
async function update(files: readonly FileResult[]): Promise<number> {
  let isComplete = true
  for (const { file, results } of files) {
    if (file.status === 'malformed') {
      isComplete = false
      continue
    }
    const failed = new Map(
      results.filter(({ passed }) => !passed).map((result) => [result.name, result]),
    )
    if (failed.size === 0) continue
    const refused: string[] = []
    const tests = file.tests.tests.map((test) => {
      const result = failed.get(test.name)
      if (result === undefined) return test
      const updated = updatedTest(test, result)
      const why = whyNotUpdated(result)
      if (why !== undefined) refused.push(`"${test.name}" ${why}.`)
      return updated ?? test
    })
    await writeText(file.path, serializeFlowTests({ ...file.tests, tests }))
    console.error(`Updated ${failed.size - refused.length} in ${file.path}.`)
    for (const refusal of refused) console.error(refusal)
    if (refused.length > 0) isComplete = false
  }
  return isComplete ? exitCodes.ok : exitCodes.failed
}

/** Some at a time, as many as the machine has use for; the answers in the order of the items. */
async function mapBounded<From, To>(
  items: readonly From[],
  change: (item: From) => Promise<To>,
): Promise<readonly To[]> {
  const results: To[] = []
  let next = 0
  const work = async () => {
    for (let index = next; index < items.length; index = next) {
      next += 1
      results[index] = await change(items[index] as From) // index is below the length
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}
