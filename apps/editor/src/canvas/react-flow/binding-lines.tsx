import { useNodes, ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { useSession, type SessionState } from '../../session/session-store.ts'
import { bindingPath } from '../binding-path.ts'
import { bindingLinesOf, type BindingLine } from '../bindings.ts'
import { useCanvas } from '../canvas-store.ts'
import type { Point } from '../placement.ts'
import styles from './edges.module.css'
import { isCard, type CanvasNode } from './to-notes.ts'
import { boxOf, type CardNode } from './to-nodes.ts'

const selectFlow = (document: DocumentState) => document.flow
const selectOnlySelected = ({ selectedNodeIds }: SessionState) =>
  selectedNodeIds.size === 1 ? [...selectedNodeIds][0] : undefined

/** The bindings of the hovered node, or of the selected one, as thin lines over the cards. */
export function BindingLines() {
  const selected = useSession(selectOnlySelected)
  const nodeId = useCanvas((canvas) => canvas.hoveredNodeId) ?? selected
  const isWiring = useCanvas((canvas) => canvas.wire !== undefined)
  return nodeId === undefined || isWiring ? null : <LinesOf nodeId={nodeId} />
}

function LinesOf({ nodeId }: { readonly nodeId: string }) {
  const flow = useDocument(selectFlow)
  const lines = useMemo(() => bindingLinesOf(flow, registry, nodeId), [flow, nodeId])
  const nodes = useNodes<CanvasNode>().filter(isCard)
  if (lines.length === 0) return null
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const boxes = nodes.map(boxOf)
  return (
    <ViewportPortal>
      <svg className={styles.bindings} aria-hidden>
        {lines.map((line) => {
          const from = pointOf(byId.get(line.fromNodeId), line.fromPortId, 'right')
          const to = pointOf(byId.get(line.toNodeId), line.toPortId, 'left')
          if (from === undefined || to === undefined) return null
          return (
            <g key={keyOf(line)}>
              <path className={styles.binding} d={bindingPath(from, to, boxes)} />
              <circle className={styles.bindingEnd} cx={to[0]} cy={to[1]} r={3} />
            </g>
          )
        })}
      </svg>
    </ViewportPortal>
  )
}

function keyOf({ fromNodeId, fromPortId, toNodeId, toPortId }: BindingLine): string {
  return [fromNodeId, fromPortId, toNodeId, toPortId].join(' ')
}

/** The place of a port; of a property that is no port, or folded away, the side of its card. */
function pointOf(
  node: CardNode | undefined,
  portId: string,
  side: 'left' | 'right',
): Point | undefined {
  if (node === undefined) return undefined
  const { layout } = node.data.card
  const port = layout.ports.find(({ id }) => id === portId)
  const x = port?.x ?? (side === 'left' ? 0 : layout.width)
  const y = port?.y ?? 4 + layout.headerHeight / 2
  return [node.position.x + x, node.position.y + y]
}
