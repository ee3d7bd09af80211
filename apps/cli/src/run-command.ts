import { compileFlow, runFlow, type Run, type Services } from '@millrace/engine'
import { FlowError, textOf, type ErrorShape, type Flow } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { createAddressRules, implementations, parseAllowHosts } from '@millrace/nodes/server'
import { createRunServices } from '@millrace/server/run-services'
import { defineCommand } from 'citty'
import { readConnections } from './connections-file.ts'
import { exitCodes, UsageError } from './exit-code.ts'
import { openLocalConnections } from './local-connections.ts'
import { formatProblems } from './print-problems.ts'
import { parseJson, readFlow } from './read-flow.ts'

/** `millrace run flow.json`: runs a flow in this process and streams what it yields. */
export const runFlowCommand = defineCommand({
  meta: { name: 'run', description: 'Run a flow and stream what it yields to the output.' },
  args: {
    file: { type: 'positional', description: 'The flow file', required: true },
    input: {
      type: 'string',
      description: 'What the trigger gets, as JSON; default: its test data',
    },
    connections: { type: 'string', description: 'A JSON file of connections by id' },
    events: { type: 'boolean', description: 'Print every event of the run, a line of JSON each' },
  },
  async run({ args }) {
    const file = await readFlow(args.file)
    if (file.status === 'malformed') {
      console.error(formatProblems(file.problems))
      return exitCodes.failed
    }
    const input = args.input === undefined ? testData(file.flow) : parseJson(args.input, '--input')
    const known =
      args.connections === undefined
        ? new Map<string, never>()
        : await readConnections(args.connections, process.env)
    const allow = readAllowHosts(process.env['MILLRACE_ALLOW_HOSTS'])
    await using connections = openLocalConnections(known)
    const services = createRunServices({
      openConnection: connections.open,
      // Nobody else can use this process, so models on this machine may be reached.
      mayConnect: createAddressRules({ allow, allowLoopback: true }),
    })
    try {
      return await stream(file.flow, { input, services, showsEvents: args.events === true })
    } finally {
      services.dispose()
    }
  },
})

interface StreamOptions {
  readonly input: unknown
  readonly services: Services
  readonly showsEvents: boolean
}

async function stream(
  flow: Flow,
  { input, services, showsEvents }: StreamOptions,
): Promise<number> {
  let run: Run
  try {
    const plan = compileFlow(flow, registry, implementations)
    run = runFlow(plan, { input, services, ...(showsEvents ? { trace: 'full' } : {}) })
  } catch (error) {
    if (!(error instanceof FlowError)) throw error
    return printError(error.toShape())
  }
  const stop = () => void run.stop('stop')
  process.once('SIGINT', stop)
  for await (const event of run.events()) {
    if (showsEvents) process.stdout.write(`${JSON.stringify(event)}\n`)
    else if (event.type === 'run-yield') process.stdout.write(textOf(event.value))
  }
  process.off('SIGINT', stop)
  const end = await run.end
  if (!showsEvents) process.stdout.write(`${textOf(end.result)}\n`)
  if (end.outcome === 'completed') return exitCodes.ok
  return end.error === undefined ? exitCodes.failed : printError(end.error)
}

function printError({ code, message, nodeId, details }: ErrorShape): number {
  const place = nodeId === undefined ? '' : ` in "${nodeId}"`
  console.error(`Error${place}: ${message} [${code}]`)
  const problems = details?.problems ?? []
  if (problems.length > 1) console.error(formatProblems(problems))
  return exitCodes.failed
}

function testData(flow: Flow): unknown {
  const trigger = flow.nodes.find(({ type }) => registry.nodes.get(type)?.kind === 'trigger')
  return trigger?.properties?.['testData'] ?? {}
}

function readAllowHosts(text: string | undefined): ReturnType<typeof parseAllowHosts> {
  try {
    return parseAllowHosts(text ?? '')
  } catch (error) {
    throw new UsageError(`MILLRACE_ALLOW_HOSTS: ${error instanceof Error ? error.message : ''}`)
  }
}
