import type { Problem } from '@millrace/flow'
import { sessionCommands } from '../session/session-store.ts'

/**
 * Leads to the place of a problem: the node, its field, the row and cell in it. One of no node is one
 * of the flow, whose form stands where nothing is selected.
 */
export function leadTo({ nodeId, property, part }: Problem): void {
  if (nodeId === undefined) sessionCommands.select([])
  else sessionCommands.focusNode(nodeId, property, part)
}
