import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from '@xyflow/react'
import { Plus, X } from 'lucide-react'
import { useRun } from '../../run/run-store.ts'
import { sessionCommands } from '../../session/session-store.ts'
import { canvasCommands } from '../canvas-commands.ts'
import { canvasState, useCanvas } from '../canvas-store.ts'
import { edgeRunOf } from '../edge-run.ts'
import { countDrawing } from '../../ui/count-drawing.ts'
import styles from './edges.module.css'
import type { AttachmentEdge as AttachmentEdgeType, ExecEdge as ExecEdgeType } from './to-edges.ts'
import { useExecPath } from './use-exec-path.ts'

/** An execution edge: lit when the run took it, with one moving dot while the run is there. */
export function ExecEdge(props: EdgeProps<ExecEdgeType>) {
  const { id, source, target, selected, data } = props
  countDrawing('edge', id)
  const run = useRun(({ state }) =>
    edgeRunOf(state.nodes, {
      source,
      target,
      isBlock: data?.blockLabel !== undefined,
      inner: data?.inner ?? [],
    }),
  )
  const [path, x, y] = useExecPath(props)
  const isSpliced = useCanvas((canvas) => canvas.spliceEdgeId === id)
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={styles.exec}
        data-run={run}
        data-splice={isSpliced || undefined}
      />
      {isSpliced && (
        <EdgeLabelRenderer>
          <div className={styles.splice} style={at(x, y)} aria-hidden>
            <Plus size={14} /> Insert here
          </div>
        </EdgeLabelRenderer>
      )}
      {run === 'active' && (
        <circle r={4} className={styles.dot}>
          <animateMotion dur="1.2s" repeatCount="indefinite" path={path} />
        </circle>
      )}
      <EdgeTools id={id} isSelected={selected ?? false} x={x} y={y}>
        {data !== undefined && (
          <>
            {data.blockLabel !== undefined && (
              <span className={styles.blockLabel}>{data.blockLabel}</span>
            )}
            <button
              type="button"
              aria-label="Insert a node here"
              title="Insert a node"
              onClick={() => sessionCommands.openPicker({ splice: data.edge })}
            >
              <Plus size={14} aria-hidden />
            </button>
          </>
        )}
      </EdgeTools>
    </>
  )
}

/** The dashed edge between a host and the resource attached to it. */
export function AttachmentEdge(props: EdgeProps<AttachmentEdgeType>) {
  const [path, x, y] = getBezierPath(props)
  return (
    <>
      <BaseEdge id={props.id} path={path} className={styles.attachment} />
      <EdgeTools id={props.id} isSelected={props.selected ?? false} x={x} y={y} />
    </>
  )
}

interface EdgeToolsProps {
  readonly id: string
  readonly isSelected: boolean
  readonly x: number
  readonly y: number
  readonly children?: React.ReactNode
}

/** The buttons in the middle of an edge, there only while it is hovered, focused or selected. */
function EdgeTools({ id, isSelected, x, y, children }: EdgeToolsProps) {
  const isInReach = useCanvas(
    (canvas) =>
      canvas.wire === undefined &&
      canvas.dragged.size === 0 &&
      (canvas.hoveredEdgeId === id || canvas.focusedEdgeId === id),
  )
  if (!isInReach && !isSelected) return null
  return (
    <EdgeLabelRenderer>
      <div
        className={`${styles.tools} nodrag nopan`}
        style={at(x, y)}
        data-edge-id={id}
        onMouseEnter={() => canvasState.hoverEdge(id)}
        onMouseLeave={() => canvasState.hoverEdge(undefined)}
        onFocus={() => canvasState.focusEdge(id)}
        onBlur={() => canvasState.focusEdge(undefined)}
      >
        {children}
        <button
          type="button"
          aria-label="Delete edge"
          title="Delete edge"
          onClick={() => canvasCommands.removeEdge(id)}
        >
          <X size={14} aria-hidden />
        </button>
      </div>
    </EdgeLabelRenderer>
  )
}

function at(x: number, y: number) {
  return { transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }
}
