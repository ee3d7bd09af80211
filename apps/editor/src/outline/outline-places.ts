import { continuePortOf, type Flow, type Registry } from '@millrace/flow'
import { execOutId } from '../canvas/card-layout.ts'
import { readPort } from '../canvas/wiring.ts'
import type { PickerOrigin } from '../session/session-store.ts'
import type { OutlineItem } from './outline.ts'

/**
 * Where a node goes that is added at a line: after a statement, at the start of a block, or into an
 * attachment port; `undefined` where nothing can follow.
 */
export function placeAfter(
  flow: Flow,
  registry: Registry,
  item: OutlineItem,
): PickerOrigin | undefined {
  switch (item.kind) {
    case 'attachment':
      return { from: [item.nodeId, item.portId] }
    case 'block':
      return atExit(flow, item.nodeId, item.portId)
    case 'node': {
      const port = item.definition && continuePortOf(item.definition)
      return port === undefined ? undefined : atExit(flow, item.node.id, execOutId(port))
    }
    case 'group':
    case 'note':
      return undefined
  }
}

/** Where a node goes that is added before a statement; `undefined` where nothing leads to it. */
export function placeBefore(flow: Flow, item: OutlineItem): PickerOrigin | undefined {
  if (item.kind !== 'node') return undefined
  const splice = flow.edges.find(({ to }) => to === item.node.id)
  return splice === undefined ? undefined : { splice }
}

/** Into the edge that leaves an exit, or at the end of it. */
function atExit(flow: Flow, nodeId: string, portId: string): PickerOrigin {
  const port = readPort(portId)
  const splice = flow.edges.find(
    ({ from }) => from[0] === nodeId && port.kind === 'exec' && from[1] === port.key,
  )
  return splice === undefined ? { from: [nodeId, portId] } : { splice }
}
