import { checkCode, compile, invalidFlow, runFlow, type Run } from '@millrace/engine'
import { hasErrors, type Flow, type TraceLevel } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import {
  createAddressRules,
  createFunctionSandbox,
  implementations,
  parseAllowHosts,
} from '@millrace/nodes/server'
import { createRunServices } from '@millrace/server/run-services'
import { readDataDirectory } from '@millrace/server/settings'
import { readConnections, type Environment } from './connections-file.ts'
import { UsageError } from './exit-code.ts'
import { openLocalConnections } from './local-connections.ts'
import type { StartedRun } from './started-run.ts'

interface Options {
  readonly input: unknown
  /** The path of a file of connections, if there is one. */
  readonly connectionsFile: string | undefined
  readonly environment: Environment
  readonly trace: TraceLevel | undefined
}

/** Runs a flow in this process. Whoever starts it disposes of it. */
export async function startLocally(
  flow: Flow,
  { input, connectionsFile, environment, trace }: Options,
): Promise<StartedRun> {
  const known =
    connectionsFile === undefined
      ? new Map<string, never>()
      : await readConnections(connectionsFile, environment)
  const allow = readAllowHosts(environment['MILLRACE_ALLOW_HOSTS'])
  const connections = openLocalConnections(known, readDataDirectory(environment))
  const services = createRunServices({
    openConnection: connections.open,
    // Nobody else can use this process, so models on this machine may be reached.
    mayConnect: createAddressRules({ allow, allowLoopback: true }),
    functions: createFunctionSandbox(),
  })
  let run: Run | undefined
  return {
    events: (async function* () {
      const plan = compile(flow, registry, implementations)
      const problems = await checkCode(plan.flow, registry, services.functions)
      if (hasErrors(problems)) throw invalidFlow(problems)
      run = runFlow(plan, { input, services, ...(trace === undefined ? {} : { trace }) })
      yield* run.events()
    })(),
    stop: () => void run?.stop('stop'),
    async [Symbol.asyncDispose]() {
      await services.dispose()
      await connections[Symbol.asyncDispose]()
    },
  }
}

function readAllowHosts(text: string | undefined): ReturnType<typeof parseAllowHosts> {
  try {
    return parseAllowHosts(text ?? '')
  } catch (error) {
    throw new UsageError(`MILLRACE_ALLOW_HOSTS: ${error instanceof Error ? error.message : ''}`)
  }
}
