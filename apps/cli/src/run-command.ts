import { FlowError, type ErrorShape, type Flow, type RunEventOf } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { defineCommand } from 'citty'
import { exitCodes, UsageError } from './exit-code.ts'
import { startLocally } from './local-run.ts'
import { formatProblems } from './print-problems.ts'
import { printAnswer, printEvents, type Output, type RunPrinter } from './printed-run.ts'
import { readFlow } from './read-flow.ts'
import { readInput } from './read-input.ts'
import { startOnServer } from './server-run.ts'
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
    events: { type: 'boolean', description: 'Print every event of the run, a line of JSON each' },
  },
  async run({ args }) {
    const { server, connections: connectionsFile } = args
    if (server !== undefined && connectionsFile !== undefined) {
      throw new UsageError(
        'A run on a server has the connections of the server. Give --server or --connections.',
      )
    }
    const file = await readFlow(args.file)
    if (file.status === 'malformed') {
      console.error(formatProblems(file.problems))
      return exitCodes.failed
    }
    const { flow } = file
    const input = args.input === undefined ? testData(flow) : await readInput(args.input)
    const showsEvents = args.events === true
    await using run =
      server === undefined
        ? await startLocally(flow, {
            file: args.file,
            input,
            connectionsFile,
            environment: process.env,
            trace: showsEvents ? 'full' : undefined,
          })
        : startOnServer(flow, { input, server })
    return await follow(run, showsEvents ? printEvents(output) : printAnswer(output))
  },
})

const output: Output = {
  answer: (text) => void process.stdout.write(text),
  aside: (line) => console.error(line),
  isTerminal: process.stdout.isTTY,
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

function printError({ code, message, nodeId, details }: ErrorShape): void {
  const place = nodeId === undefined ? '' : ` in "${nodeId}"`
  console.error(`Error${place}: ${message} [${code}]`)
  const problems = details?.problems ?? []
  if (problems.length > 1) console.error(formatProblems(problems))
}

/** `undefined` without any: the trigger itself then knows what to start with. */
function testData(flow: Flow): unknown {
  const trigger = flow.nodes.find(({ type }) => registry.nodes.get(type)?.kind === 'trigger')
  return trigger?.properties?.['testData']
}
