import { useNodes, ViewportPortal } from '@xyflow/react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { useSession, type SessionState } from '../../session/session-store.ts'
import { bindingPath, type BindingPath } from '../binding-path.ts'
import { bindingLinesOf, type BindingLine } from '../bindings.ts'
import { useCanvas, type HoveredPort } from '../canvas-store.ts'
import { useDataLines } from '../data-lines.ts'
import type { Point } from '../placement.ts'
import styles from './edges.module.css'
import { isCard, type CanvasNode } from './to-notes.ts'
import { boxOf, type CardNode } from './to-nodes.ts'

const selectFlow = (document: DocumentState) => document.flow
const selectNodeIds = ({ selectedNodeIds }: SessionState) => selectedNodeIds

/**
 * Bindings as thin lines over the cards: of the hovered or the selected nodes, of all, or of none, as
 * the designer chose. The lines of the port below the pointer are always drawn, in front.
 */
export function BindingLines() {
  const choice = useDataLines((state) => state.choice)
  const selected = useSession(selectNodeIds)
  const hovered = useCanvas((canvas) => canvas.hoveredNodeId)
  const port = useCanvas((canvas) => canvas.hoveredPort)
  const isWiring = useCanvas((canvas) => canvas.wire !== undefined)
  const nodeIds = useMemo(() => {
    if (choice === 'always') return undefined
    if (choice === 'selected') return hovered === undefined ? [...selected] : [hovered]
    return port === undefined ? [] : [port.nodeId]
  }, [choice, hovered, selected, port])
  if (isWiring || nodeIds?.length === 0) return null
  return <LinesOf nodeIds={nodeIds} port={port} isPortOnly={choice === 'never'} />
}

interface LinesOfProps {
  /** All nodes when not given. */
  readonly nodeIds: readonly string[] | undefined
  readonly port: HoveredPort | undefined
  readonly isPortOnly: boolean
}

interface DrawnLine extends BindingPath {
  readonly key: string
  readonly line: BindingLine
  readonly to: Point
  /** Whether it is one of the port below the pointer. */
  readonly isLit: boolean
}

function LinesOf({ nodeIds, port, isPortOnly }: LinesOfProps) {
  // Typing does not wait for them.
  const flow = useDeferredValue(useDocument(selectFlow))
  const isDragging = useCanvas((canvas) => canvas.dragged.size > 0)
  const lines = useMemo(() => bindingLinesOf(flow, registry, nodeIds), [flow, nodeIds])
  const nodes = useNodes<CanvasNode>().filter(isCard)
  const [hoveredKey, setHoveredKey] = useState<string>()
  if (lines.length === 0) return null
  const byId = new Map(nodes.map((node) => [node.id, node]))
  // The way around all cards takes too long to be looked for at every step of a drag.
  const boxes = isDragging ? [] : nodes.map(boxOf)
  const drawn = lines.flatMap((line): DrawnLine[] => {
    const from = pointOf(byId.get(line.fromNodeId), line.fromPortId, 'right')
    const to = pointOf(byId.get(line.toNodeId), line.toPortId, 'left')
    const isLit = isOf(line, port)
    if (from === undefined || to === undefined || (isPortOnly && !isLit)) return []
    return [{ ...bindingPath(from, to, boxes), key: keyOf(line), line, to, isLit }]
  })
  const named = drawn.filter(({ key, isLit }) => isLit || key === hoveredKey)
  return (
    <ViewportPortal>
      {/* Below the cards: a line is pointed at where it runs beside them, and never hides a port. */}
      <svg className={styles.bindingHits} aria-hidden>
        {drawn.map(({ key, path }) => (
          <path
            key={key}
            d={path}
            onMouseEnter={() => setHoveredKey(key)}
            onMouseLeave={() => setHoveredKey(undefined)}
          />
        ))}
      </svg>
      <svg className={styles.bindings} aria-hidden>
        {drawn.map(({ key, path, to: [x, y], isLit }) => (
          <g key={key} data-lit={isLit || key === hoveredKey || undefined}>
            <path className={styles.binding} d={path} />
            <path
              className={styles.bindingEnd}
              d={`M${x - 10},${y - 4} L${x - 3},${y} L${x - 10},${y + 4} Z`}
            />
          </g>
        ))}
      </svg>
      {named.map(({ key, line, middle: [x, y] }) => (
        <div
          key={key}
          className={styles.bindingName}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          aria-hidden
        >
          {line.name}
        </div>
      ))}
    </ViewportPortal>
  )
}

function isOf(line: BindingLine, port: HoveredPort | undefined): boolean {
  if (port === undefined) return false
  const { nodeId, portId } = port
  return (
    (line.toNodeId === nodeId && line.toPortId === portId) ||
    (line.fromNodeId === nodeId && line.fromPortId === portId)
  )
}

function keyOf({ fromNodeId, fromPortId, toNodeId, toPortId, name }: BindingLine): string {
  return [fromNodeId, fromPortId, toNodeId, toPortId, name].join(' ')
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
