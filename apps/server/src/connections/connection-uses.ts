import { connectionUses, titleOf, type Registry } from '@millrace/flow'
import type { StoredFlow } from '../flows/flow-store.ts'
import { readStored } from '../flows/read-document.ts'

/** A flow that uses a connection, with the nodes in it that name the connection. */
export interface FlowUse {
  readonly id: string
  readonly name: string
  readonly nodes: readonly { readonly id: string; readonly title: string }[]
}

/** Which flows use which connections. */
export interface FoundUses {
  /** The flows by the id of the connection, which need not exist. */
  readonly byConnection: ReadonlyMap<string, readonly FlowUse[]>
  /** The ids of flows that were not looked into: damaged ones, and those of a newer Millrace. */
  readonly unreadFlows: readonly string[]
}

/** Looks into every flow, by what its nodes' definitions say. */
export function findConnectionUses(flows: readonly StoredFlow[], registry: Registry): FoundUses {
  const byConnection = new Map<string, FlowUse[]>()
  const unreadFlows: string[] = []
  for (const { id, text } of flows) {
    const read = readStored(text)
    if (read.status !== 'flow') {
      unreadFlows.push(id)
      continue
    }
    const uses = Map.groupBy(connectionUses(read.flow, registry), (use) => use.id)
    for (const [connection, places] of uses) {
      const nodes = new Set(places.map(({ node }) => node))
      const use: FlowUse = {
        id,
        name: read.flow.name,
        nodes: [...nodes].map((node) => ({
          id: node.id,
          title: titleOf(node, registry.nodes.get(node.type)),
        })),
      }
      byConnection.set(connection, [...(byConnection.get(connection) ?? []), use])
    }
  }
  return { byConnection, unreadFlows }
}
