import { compile, runFlow, type Run } from '@millrace/engine'
import type { Flow, TraceLevel } from '@millrace/flow'
import { RunRecording } from '@millrace/flow-tests'
import { registry } from '@millrace/nodes'
import {
  createAddressRules,
  implementations,
  parseAllowHosts,
  secretsOf,
} from '@millrace/nodes/server'
import { createRunServices } from '@millrace/server/run-services'
import { readDataDirectory } from '@millrace/server/settings'
import { readConnections, type Environment } from './connections-file.ts'
import { UsageError } from './exit-code.ts'
import { openLocalConnections } from './local-connections.ts'
import type { StartedRun } from './started-run.ts'

export interface LocalOptions {
  readonly input: unknown
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
  { input, connectionsFile, environment, trace, onRecording }: LocalOptions,
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
  })
  const recording = onRecording && new RunRecording(services, { secretsOf })
  if (recording !== undefined) onRecording?.(recording)
  let run: Run | undefined
  return {
    events: (async function* () {
      const plan = compile(flow, registry, implementations)
      run = runFlow(plan, {
        input,
        services: recording?.services ?? services,
        ...(trace === undefined ? {} : { trace }),
      })
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
