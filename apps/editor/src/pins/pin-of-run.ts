import type { Flow, NodeState, Pin } from '@millrace/flow'
import { scopesIn } from '../document/scopes-in.ts'
import { registry } from '../registry.ts'

/**
 * The pin of what a node last gave in a run of a flow; `undefined` where it gave nothing, or that was
 * not recorded. A pin goes by the keys of outputs, so it outlives another name of a variable.
 */
export function pinOfRun(ran: Flow, node: NodeState | undefined): Pin | undefined {
  const outputs = node?.outputs
  if (node === undefined || outputs === undefined) return undefined
  const declared = scopesIn(ran, registry).outputsOf(node.nodeId)
  return {
    outputs: Object.fromEntries(declared.map(({ key, name }) => [key, outputs[name] ?? null])),
    ...(node.variables === undefined ? {} : { variables: node.variables }),
  }
}
