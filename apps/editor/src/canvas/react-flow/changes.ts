import { continuePortOf } from '@millrace/flow'
import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { sessionCommands, useSession } from '../../session/session-store.ts'
import { canvasCommands } from '../canvas-commands.ts'
import { canvasState } from '../canvas-store.ts'
import { edgeUnder } from './edge-under.ts'
import type { CanvasEdge } from './to-edges.ts'
import type { CardNode } from './to-nodes.ts'

interface Place {
  readonly x: number
  readonly y: number
}

/** Takes in what React Flow says of the nodes: selection goes to the session, places to the document. */
export function onNodesChange(changes: readonly NodeChange<CardNode>[]): void {
  const selected = new Set(useSession.getState().selectedNodeIds)
  const moved: (readonly [string, Place])[] = []
  let isDragging = false
  for (const change of changes) {
    if (change.type === 'select') {
      if (change.selected) selected.add(change.id)
      else selected.delete(change.id)
    }
    if (change.type !== 'position') continue
    if (change.position !== undefined) moved.push([change.id, change.position])
    if (change.dragging === true) isDragging = true
  }
  sessionCommands.select(selected, useSession.getState().selectedEdgeIds)
  if (isDragging) canvasState.drag(moved)
  else if (changes.some(({ type }) => type === 'position')) commitMove(moved)
}

/** Takes in which edges are selected. */
export function onEdgesChange(changes: readonly EdgeChange<CanvasEdge>[]): void {
  const selected = new Set(useSession.getState().selectedEdgeIds)
  for (const change of changes) {
    if (change.type !== 'select') continue
    if (change.selected) selected.add(change.id)
    else selected.delete(change.id)
  }
  sessionCommands.select(useSession.getState().selectedNodeIds, selected)
}

/** A drag is one edit, made on release; steps with the arrow keys join into one. */
function commitMove(moved: readonly (readonly [string, Place])[]): void {
  const dragged = canvasState.drop()
  const { flow } = useDocument.getState()
  const changed = [...new Map([...dragged, ...moved])].filter(([id, { x, y }]) => {
    const [left, top] = flow.layout?.nodes?.[id] ?? [0, 0]
    return left !== x || top !== y
  })
  const [first] = changed
  if (first === undefined) return
  canvasCommands.move(
    new Map(changed.map(([id, { x, y }]) => [id, [x, y] as const])),
    dragged.size === 0 ? `nudge ${changed.map(([id]) => id).join()}` : undefined,
  )
  if (dragged.size > 0 && changed.length === 1) spliceWhereDropped(first[0])
}

/** A node that stands alone and is dropped on an edge goes into it. */
function spliceWhereDropped(nodeId: string): void {
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
