import { dirname } from 'node:path'
import {
  checkCode,
  compile,
  createFlowCalls,
  invalidFlow,
  runFlow,
  type Plan,
  type Run,
  type RunOptions,
} from '@millrace/engine'
import { hasErrors, type Flow, type TraceLevel } from '@millrace/flow'
import { RunRecording } from '@millrace/flow-tests'
import * as nodes from '@millrace/nodes/server'
import { createRunServices } from '@millrace/server/run-services'
import { readDataDirectory } from '@millrace/server/settings'
import { readConnections, type Environment } from './connections-file.ts'
import { UsageError } from './exit-code.ts'
import { installedNodes } from './installed-nodes.ts'
import { openLocalConnections } from './local-connections.ts'
import { readFlowBeside } from './read-flow-beside.ts'
import type { StartedRun } from './started-run.ts'

export interface LocalOptions {
  /** The file of the flow: the flows that it runs are beside it, each under its id. */
  readonly file: string
  readonly input: unknown
  /** What of the flow runs, and what nodes give instead of running. */
  readonly part: Pick<RunOptions, 'pinned' | 'until'>
  /** The path of a file of connections, if there is one. */
  readonly connectionsFile: string | undefined
  readonly environment: Environment
  readonly trace: TraceLevel | undefined
  /** Told of the run's recording before it starts, when it is to be recorded. */
  readonly onRecording?: (recording: RunRecording) => void
}

/** Runs a flow in this process. Whoever starts it disposes of it. */
export async function startLocally(
  flow: Flow,
  { file, input, part, connectionsFile, environment, trace, onRecording }: LocalOptions,
): Promise<StartedRun> {
  const known =
    connectionsFile === undefined
      ? new Map<string, never>()
      : await readConnections(connectionsFile, environment)
  const { packages, registry } = await installedNodes(environment)
  const allow = readAllowHosts(environment['MILLRACE_ALLOW_HOSTS'])
  const connections = openLocalConnections(known, readDataDirectory(environment))
  const services = createRunServices({
    openConnection: connections.open,
    // Nobody else can use this process, so models on this machine may be reached.
    mayConnect: nodes.createAddressRules({ allow, allowLoopback: true }),
    functions: nodes.createFunctionSandbox(),
  })
  const recording = onRecording && new RunRecording(services, nodes)
  if (recording !== undefined) onRecording?.(recording)
  const planOf = async (one: Flow): Promise<Plan> => {
    const plan = compile(one, [nodes, ...packages])
    const problems = await checkCode(plan.flow, registry, services.functions)
    if (hasErrors(problems)) throw invalidFlow(problems)
    return plan
  }
  const level = trace === undefined ? {} : { trace }
  const flows = createFlowCalls({
    planOf: async (id) => planOf(id === flow.id ? flow : await readFlowBeside(dirname(file), id)),
    newId: services.newId,
    start: (called, { runId, input: given, signal }) =>
      runFlow(called, { runId, input: given, signal, services: { ...services, flows }, ...level }),
  })
  let run: Run | undefined
  return {
    events: (async function* () {
      const own = recording?.services ?? services
      run = runFlow(await planOf(flow), { ...part, input, services: { ...own, flows }, ...level })
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
