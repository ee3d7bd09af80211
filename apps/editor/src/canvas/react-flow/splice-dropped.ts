import { continuePortOf } from '@millrace/flow'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { canvasCommands } from '../canvas-commands.ts'
import { edgeUnder } from './edge-under.ts'

/** A node that stands alone and is dropped on an edge goes into it. */
export function spliceWhereDropped(nodeId: string): void {
  const { flow } = useDocument.getState()
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  const isAlone = flow.edges.every(({ from, to }) => from[0] !== nodeId && to !== nodeId)
  if (!isAlone || definition?.exec?.in !== true || continuePortOf(definition) === undefined) return
  const card = document.querySelector(`.react-flow__node[data-id="${nodeId}"]`)
  const { left, top, width, height } = card?.getBoundingClientRect() ?? new DOMRect()
  const edge = edgeUnder(flow, [left + width / 2, top + height / 2])
  if (edge !== undefined) canvasCommands.splice(nodeId, edge)
}
