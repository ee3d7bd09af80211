import { dirname } from 'node:path'
import { compile, createFlowCalls, runFlow, type Run } from '@millrace/engine'
import type { Flow, TraceLevel } from '@millrace/flow'
import * as nodes from '@millrace/nodes/server'
import { createRunServices } from '@millrace/server/run-services'
import { readDataDirectory } from '@millrace/server/settings'
import { readConnections, type Environment } from './connections-file.ts'
import { UsageError } from './exit-code.ts'
import { installedNodes } from './installed-nodes.ts'
import { openLocalConnections } from './local-connections.ts'
import { readFlowBeside } from './read-flow-beside.ts'
import type { StartedRun } from './started-run.ts'

interface Options {
  /** The file of the flow: the flows that it runs are beside it, each under its id. */
  readonly file: string
  readonly input: unknown
  /** The path of a file of connections, if there is one. */
  readonly connectionsFile: string | undefined
  readonly environment: Environment
  readonly trace: TraceLevel | undefined
}

/** Runs a flow in this process. Whoever starts it disposes of it. */
export async function startLocally(
  flow: Flow,
  { file, input, connectionsFile, environment, trace }: Options,
): Promise<StartedRun> {
  const known =
    connectionsFile === undefined
      ? new Map<string, never>()
      : await readConnections(connectionsFile, environment)
  const { packages } = await installedNodes(environment)
  const allow = readAllowHosts(environment['MILLRACE_ALLOW_HOSTS'])
  const connections = openLocalConnections(known, readDataDirectory(environment))
  const services = createRunServices({
    openConnection: connections.open,
    // Nobody else can use this process, so models on this machine may be reached.
    mayConnect: nodes.createAddressRules({ allow, allowLoopback: true }),
    functions: nodes.createFunctionSandbox(),
  })
  const plan = (one: Flow) => compile(one, [nodes, ...packages])
  const level = trace === undefined ? {} : { trace }
  const flows = createFlowCalls({
    planOf: async (id) => plan(id === flow.id ? flow : await readFlowBeside(dirname(file), id)),
    newId: services.newId,
    start: (called, { runId, input: given, signal }) =>
      runFlow(called, { runId, input: given, signal, services: { ...services, flows }, ...level }),
  })
  let run: Run | undefined
  return {
    events: (async function* () {
      run = runFlow(plan(flow), { input, services: { ...services, flows }, ...level })
      yield* run.events()
    })(),
    stop: () => void run?.stop('stop'),
    async [Symbol.asyncDispose]() {
      await services.dispose()
      await connections[Symbol.asyncDispose]()
    },
  }
}

function readAllowHosts(text: string | undefined): ReturnType<typeof nodes.parseAllowHosts> {
  try {
    return nodes.parseAllowHosts(text ?? '')
  } catch (error) {
    throw new UsageError(`MILLRACE_ALLOW_HOSTS: ${error instanceof Error ? error.message : ''}`)
  }
}
