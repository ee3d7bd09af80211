import {
  FlowError,
  type ErrorShape,
  type Flow,
  type Registry,
  type RunEvent,
  type RunEventOf,
} from '@millrace/flow'
import { testOfRun, type RunRecording } from '@millrace/flow-tests'
import { defineCommand } from 'citty'
import { exitCodes, UsageError } from './exit-code.ts'
import { installedNodes } from './installed-nodes.ts'
import { startLocally, type LocalOptions } from './local-run.ts'
import { printError } from './print-error.ts'
import { formatProblems } from './print-problems.ts'
import { printAnswer, printEvents, type Output, type RunPrinter } from './printed-run.ts'
import { readFlow } from './read-flow.ts'
import { readInput } from './read-input.ts'
import { readPart } from './read-part.ts'
import { openTestFile, saveTest } from './record-test.ts'
import { startOnServer } from './server-run.ts'
import { keyOption, serverTarget } from './server-target.ts'
import type { StartedRun } from './started-run.ts'

/** `millrace run flow.json`: runs a flow, here or on a server, and streams what it yields. */
export const runFlowCommand = defineCommand({
  meta: { name: 'run', description: 'Run a flow and stream what it yields to the output.' },
  args: {
    file: { type: 'positional', description: 'The flow file', required: true },
    input: {
      type: 'string',
      description:
        'What the trigger gets: JSON, @file for a file of JSON, or - for the standard input; default: its test or default data',
    },
    connections: { type: 'string', description: 'A JSON file of connections by id' },
    server: {
      type: 'string',
      description: 'Run on the server at this address, with its connections',
    },
    key: keyOption,
    record: {
      type: 'string',
      description:
        'Add the run to this file of tests (*.test.json), with what the outside answered',
    },
    pin: {
      type: 'string',
      description:
        'A JSON file of what nodes give instead of running: {"node": {"outputs": {"result": …}}}',
    },
    until: { type: 'string', description: 'Stop the run behind the node with this id' },
    events: { type: 'boolean', description: 'Print every event of the run, a line of JSON each' },
  },
  async run({ args }) {
    const { server, connections: connectionsFile } = args
    if (server !== undefined && connectionsFile !== undefined) {
      throw new UsageError(
        'A run on a server has the connections of the server. Give --server or --connections.',
      )
    }
    if (server !== undefined && args.record !== undefined) {
      throw new UsageError('A run on a server cannot be recorded here. Give --server or --record.')
    }
    if (server !== undefined && (args.pin !== undefined || args.until !== undefined)) {
      throw new UsageError(
        'A run on a server is of the whole flow. Give --server, or --pin and --until.',
      )
    }
    if (server === undefined && args.key !== undefined) {
      throw new UsageError('--key is for a server, and this runs here. Give --server too.')
    }
    const target = server === undefined ? undefined : serverTarget({ ...args, server }, process.env)
    const file = await readFlow(args.file)
    if (file.status === 'malformed') {
      console.error(formatProblems(file.problems))
      return exitCodes.failed
    }
    const { flow } = file
    const { registry } = await installedNodes(process.env)
    const input = args.input === undefined ? testData(flow, registry) : await readInput(args.input)
    const part = await readPart(args)
    const showsEvents = args.events === true
    const printer = showsEvents ? printEvents(output) : printAnswer(output)
    if (args.record !== undefined) {
      const start = { file: args.file, input, part, connectionsFile, environment: process.env }
      return await recordRun({ flow, registry, testsPath: args.record, start, printer })
    }
    await using run =
      target === undefined
        ? await startLocally(flow, {
            file: args.file,
            input,
            part,
            connectionsFile,
            environment: process.env,
            trace: showsEvents ? 'full' : undefined,
          })
        : startOnServer(flow, { input, server: target })
    return await follow(run, printer)
  },
})

const output: Output = {
  answer: (text) => void process.stdout.write(text),
  aside: (line) => console.error(line),
  isTerminal: process.stdout.isTTY,
}

interface RecordedStart {
  readonly flow: Flow
  readonly registry: Registry
  readonly testsPath: string
  readonly start: Pick<LocalOptions, 'file' | 'input' | 'part' | 'connectionsFile' | 'environment'>
  readonly printer: RunPrinter
}

/** Runs a flow here, and adds to a file the test that the run makes; one that failed makes one as well. */
async function recordRun({
  flow,
  registry,
  testsPath,
  start,
  printer,
}: RecordedStart): Promise<number> {
  const tests = await openTestFile(testsPath, start.file)
  const events: RunEvent[] = []
  let recording: RunRecording | undefined
  await using run = await startLocally(flow, {
    ...start,
    trace: 'full',
    onRecording: (made) => (recording = made),
  })
  const taking: RunPrinter = {
    take(event) {
      events.push(event)
      printer.take(event)
    },
  }
  const code = await follow(run, taking)
  if (recording === undefined || code === exitCodes.interrupted) return code
  try {
    const test = testOfRun(flow.name, { flow, registry, recording, events })
    const name = await saveTest(testsPath, tests, test)
    console.error(`Recorded as "${name}" in ${testsPath}.`)
    return code
  } catch (error) {
    if (!(error instanceof FlowError)) throw error
    printError(error.toShape())
    return exitCodes.failed
  }
}

async function follow(run: StartedRun, printer: RunPrinter): Promise<number> {
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
    run.stop()
  }
  // The first Ctrl+C stops the run; a second one ends the process, as ever.
  process.once('SIGINT', interrupt)
  try {
    for await (const event of run.events) {
      printer.take(event)
      if (event.type !== 'run-end' || event.outcome === 'completed') continue
      if (isInterrupted) return exitCodes.interrupted
      printError(event.error ?? endedEarly(event))
      return exitCodes.failed
    }
    return exitCodes.ok
  } catch (error) {
    if (!(error instanceof FlowError)) throw error
    printError(error.toShape())
    return exitCodes.failed
  } finally {
    process.off('SIGINT', interrupt)
  }
}

/** A run that ended before its time, though nothing in it failed: somebody else ended it. */
function endedEarly({ outcome }: RunEventOf<'run-end'>): ErrorShape {
  return outcome === 'interrupted'
    ? {
        code: 'draining',
        message: 'The server stopped before the run had ended. Run it again.',
        retryable: true,
      }
    : { code: 'cancelled', message: 'The run was stopped before it had ended.', retryable: false }
}

/** `undefined` without any: the trigger itself then knows what to start with. */
function testData(flow: Flow, registry: Registry): unknown {
  const trigger = flow.nodes.find(({ type }) => registry.nodes.get(type)?.kind === 'trigger')
  return trigger?.properties?.['testData']
}
