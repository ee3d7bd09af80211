import type { Connection, OutgoingTarget } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import type * as nodesServer from '@millrace/nodes/server'
import { createRunServices, type RunServices } from './run-services.ts'
import { StartError } from './start-error.ts'

/** The nodes' own server side, with the vendors' SDKs that it needs. */
type NodesServer = typeof nodesServer

/** What runs need beyond their plan. */
interface Runtime {
  readonly nodes: NodesServer
  readonly services: RunServices
}

/** Brings the runtime in when it is first needed: a server at rest loads no SDK. */
export interface RuntimeLoader {
  /** Throws a `StartError` when `MILLRACE_ALLOW_HOSTS` cannot be read. */
  load(): Promise<Runtime>
  /** Disposes of what runs shared. */
  close(): Promise<void>
}

/** How much runs take of what they share; an operator may choose. */
export interface LimitsOfRuntime {
  /** How large a result of a database may get for a node that wants all of it. */
  readonly resultRows: number
  readonly resultBytes: number
  /** How many functions may wait for a thread. */
  readonly waitingFunctions: number
}

interface Options {
  /** As the operator wrote it. */
  readonly allowHosts: string
  /** Whether runs reach what listens on this machine: so they do where nobody else starts any. */
  readonly allowLoopback: boolean
  /** Whether something of the server itself listens there, which runs reach too. */
  readonly isOurs: (target: OutgoingTarget) => boolean
  readonly openConnection: (id: string) => Promise<Connection>
  readonly limits: LimitsOfRuntime
}

export function createRuntimeLoader({
  allowHosts,
  allowLoopback,
  isOurs,
  openConnection,
  limits,
}: Options): RuntimeLoader {
  let loading: Promise<Runtime> | undefined

  async function loadNow(): Promise<Runtime> {
    const nodes = await import('@millrace/nodes/server')
    const rules = readAddressRules(nodes, { allowHosts, allowLoopback })
    const mayConnect = (target: OutgoingTarget) => isOurs(target) || rules(target)
    const functions = nodes.createFunctionSandbox({ maxWaiting: limits.waitingFunctions })
    const resultLimits = { rows: limits.resultRows, bytes: limits.resultBytes }
    const services = createRunServices({ openConnection, mayConnect, functions, resultLimits })
    return { nodes, services }
  }

  return {
    load: () => (loading ??= loadNow()),
    async close() {
      const runtime = await loading?.catch(() => undefined)
      await runtime?.services.dispose()
    },
  }
}

function readAddressRules(
  nodes: NodesServer,
  { allowHosts, allowLoopback }: Pick<Options, 'allowHosts' | 'allowLoopback'>,
): RunServices['mayConnect'] {
  try {
    const allow = nodes.parseAllowHosts(allowHosts)
    return nodes.createAddressRules({ allow, allowLoopback })
  } catch (error) {
    if (error instanceof FlowError) throw new StartError(error.message)
    throw error
  }
}
