import { randomUUID } from 'node:crypto'
import type { Connection, Services } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import type * as nodesServer from '@millrace/nodes/server'
import { StartError } from './start-error.ts'

/** The nodes' own server side, with the vendors' SDKs that it needs. */
type NodesServer = typeof nodesServer

/** What runs need beyond their plan. */
export interface Runtime {
  readonly nodes: NodesServer
  readonly services: Services
}

/** Brings the runtime in when it is first needed: a server at rest loads no SDK. */
export interface RuntimeLoader {
  /** Throws a `StartError` when `MILLRACE_ALLOW_HOSTS` cannot be read. */
  load(): Promise<Runtime>
  /** Disposes of what runs shared, and of the demo model. */
  close(): Promise<void>
}

interface Options {
  /** As the operator wrote it. */
  readonly allowHosts: string
  readonly openConnection: (id: string) => Promise<Connection>
}

export function createRuntimeLoader(options: Options): RuntimeLoader {
  const shared = new Map<string, { readonly value: unknown; dispose(): void }>()
  let loading: Promise<Runtime> | undefined

  async function loadNow(): Promise<Runtime> {
    const nodes = await import('@millrace/nodes/server')
    return {
      nodes,
      services: {
        connections: { get: options.openConnection },
        mayConnect: readAddressRules(nodes, options.allowHosts),
        now: Date.now,
        newId: randomUUID,
        share(key, create, dispose) {
          const known = shared.get(key)
          // What stands under a key was made by that key's own `create`.
          if (known !== undefined) return known.value as ReturnType<typeof create>
          const value = create()
          shared.set(key, { value, dispose: () => dispose(value) })
          return value
        },
      },
    }
  }

  return {
    load: () => (loading ??= loadNow()),
    async close() {
      for (const { dispose } of shared.values()) dispose()
      shared.clear()
    },
  }
}

/** Loopback is allowed, since the server listens on loopback only. */
function readAddressRules(nodes: NodesServer, allowHosts: string): Services['mayConnect'] {
  try {
    const allow = nodes.parseAllowHosts(allowHosts)
    return nodes.createAddressRules({ allow, allowLoopback: true })
  } catch (error) {
    if (error instanceof FlowError) throw new StartError(error.message)
    throw error
  }
}
