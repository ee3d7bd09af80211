import { getBezierPath, useConnection, type ConnectionLineComponentProps } from '@xyflow/react'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { isOutPort, refusalOf } from '../wiring.ts'
import styles from './edges.module.css'
import type { CanvasNode } from './to-notes.ts'

/** The wire under the pointer while it is drawn. */
export function Wire(props: ConnectionLineComponentProps<CanvasNode>) {
  const [path] = getBezierPath({
    sourceX: props.fromX,
    sourceY: props.fromY,
    sourcePosition: props.fromPosition,
    targetX: props.toX,
    targetY: props.toY,
    targetPosition: props.toPosition,
  })
  const status = props.connectionStatus ?? 'open'
  const kind = props.fromHandle.id?.startsWith('attach') === true ? 'attachment' : 'exec'
  return (
    <g>
      <path className={styles.wire} d={path} data-status={status} data-kind={kind} />
      <circle className={styles.wireEnd} cx={props.toX} cy={props.toY} r={4} data-status={status} />
    </g>
  )
}

const selectFlow = (document: DocumentState) => document.flow

/** Beside the pointer: why the wire cannot end at the port that is under it. */
export function WireRefusal() {
  const flow = useDocument(selectFlow)
  const connection = useConnection()
  const { fromHandle, toHandle, pointer } = connection
  if (!connection.inProgress || connection.isValid !== false || toHandle === null) return null
  const here = { nodeId: fromHandle?.nodeId ?? '', portId: fromHandle?.id ?? '' }
  const there = { nodeId: toHandle.nodeId, portId: toHandle.id ?? '' }
  if (isOutPort(here.portId) === isOutPort(there.portId)) return null
  const ends = isOutPort(here.portId) ? { from: here, to: there } : { from: there, to: here }
  const reason = refusalOf(flow, registry, ends)
  if (reason === undefined || pointer === null) return null
  return (
    <div
      className={styles.refusal}
      role="status"
      style={{ left: pointer.x + 16, top: pointer.y + 16 }}
    >
      {reason}
    </div>
  )
}
