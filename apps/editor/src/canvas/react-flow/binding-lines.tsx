import { useNodes, useReactFlow, ViewportPortal } from '@xyflow/react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { useSession, type SessionState } from '../../session/session-store.ts'
import { bindingPath, type BindingPath } from '../binding-path.ts'
import { bindingLinesOf, type BindingLine } from '../bindings.ts'
import { useCanvas, type HoveredPort } from '../canvas-store.ts'
import { useDataLines } from '../data-lines.ts'
import { linesInView, type PlacedLine } from '../lines-in-view.ts'
import type { Point } from '../placement.ts'
import { countDrawing } from '../../ui/count-drawing.ts'
import styles from './edges.module.css'
import { isCard, type CanvasNode } from './to-notes.ts'
import { boxOf } from './to-nodes.ts'
import { useZoneInView } from './use-zone-in-view.ts'

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

interface DrawnLine extends PlacedLine, BindingPath {
  readonly key: string
  /** Whether it is one of the port below the pointer. */
  readonly isLit: boolean
}

function LinesOf({ nodeIds, port, isPortOnly }: LinesOfProps) {
  // Typing does not wait for them.
  const flow = useDeferredValue(useDocument(selectFlow))
  const lines = useMemo(() => bindingLinesOf(flow, registry, nodeIds), [flow, nodeIds])
  const asked = useMemo(
    () => (isPortOnly ? lines.filter((line) => isOf(line, port)) : lines),
    [lines, isPortOnly, port],
  )
  const { drawn, leftOut } = useDrawnLines(asked)
  const [hoveredKey, setHoveredKey] = useState<string>()
  if (drawn.length === 0) return null
  const shown = drawn.map((one): DrawnLine => ({ ...one, isLit: isOf(one.line, port) }))
  const named = shown.filter(({ key, isLit }) => isLit || key === hoveredKey)
  return (
    <ViewportPortal>
      {/* Below the cards: a line is pointed at where it runs beside them, and never hides a port. */}
      <svg className={styles.bindingHits} aria-hidden>
        {shown.map(({ key, path }) => (
          <path
            key={key}
            d={path}
            onMouseEnter={() => setHoveredKey(key)}
            onMouseLeave={() => setHoveredKey(undefined)}
          />
        ))}
      </svg>
      <svg className={styles.bindings} aria-hidden>
        {shown.map(({ key, path, to: [x, y], isLit }) => (
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
      {leftOut.map(({ fromNodeId, fromPortId, from: [x, y], count }) => (
        <div
          key={`${fromNodeId} ${fromPortId}`}
          className={styles.bindingName}
          style={{ transform: `translate(${x + 12}px, ${y + 8}px)` }}
          aria-hidden
        >
          {count} more
        </div>
      ))}
    </ViewportPortal>
  )
}

/** The lines to draw in what is in view, with their paths. */
function useDrawnLines(lines: readonly BindingLine[]) {
  const { getNode } = useReactFlow<CanvasNode>()
  const nodes = useNodes<CanvasNode>()
  const zone = useZoneInView()
  const isDragging = useCanvas((canvas) => canvas.dragged.size > 0)
  const { drawn, leftOut } = useMemo(() => {
    const placed = lines.flatMap((line): PlacedLine[] => {
      const from = pointOf(getNode(line.fromNodeId), line.fromPortId, 'right')
      const to = pointOf(getNode(line.toNodeId), line.toPortId, 'left')
      return from === undefined || to === undefined ? [] : [{ line, from, to }]
    })
    return linesInView(placed, zone)
    // Where a node stands is asked of the store, which has these nodes.
  }, [lines, nodes, getNode, zone]) // oxlint-disable-line react-hooks/exhaustive-deps
  return useMemo(() => {
    // The way around all cards takes too long to be looked for at every step of a drag.
    const boxes = isDragging ? [] : nodes.filter(isCard).map(boxOf)
    const withPaths = drawn.map((one) => {
      const key = keyOf(one.line)
      countDrawing('line', key)
      return { ...one, ...bindingPath(one.from, one.to, boxes), key }
    })
    return { drawn: withPaths, leftOut }
  }, [drawn, leftOut, nodes, isDragging])
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
  node: CanvasNode | undefined,
  portId: string,
  side: 'left' | 'right',
): Point | undefined {
  if (node === undefined || !isCard(node)) return undefined
  const { layout } = node.data.card
  const port = layout.ports.find(({ id }) => id === portId)
  const x = port?.x ?? (side === 'left' ? 0 : layout.width)
  const y = port?.y ?? 4 + layout.headerHeight / 2
  return [node.position.x + x, node.position.y + y]
}
