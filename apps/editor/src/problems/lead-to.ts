import type { Problem } from '@millrace/flow'
import { showFlowPanel } from '../properties/flow-panel.ts'
import { sessionCommands } from '../session/session-store.ts'

/**
 * Leads to the place of a problem: the node, its field, the row and cell in it. One of no node is one
 * of the flow, whose form stands where nothing is selected.
 */
export function leadTo({ nodeId, property, part, path }: Problem): void {
  if (nodeId === undefined) showFlowPanel(path?.[0] === 'variables' ? 'variables' : 'settings')
  else sessionCommands.focusNode(nodeId, property, part)
}
