import type { Flow, FlowNode } from '@millrace/flow'
import { registry } from '../registry.ts'

/** The node that starts a flow; `undefined` while it has none that is not disabled. */
export function triggerOf(flow: Flow): FlowNode | undefined {
  return flow.nodes.find(
    (node) => registry.nodes.get(node.type)?.kind === 'trigger' && node.disabled !== true,
  )
}
