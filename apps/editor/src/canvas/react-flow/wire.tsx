import {
  getBezierPath,
  useConnection,
  useReactFlow,
  useStoreApi,
  ViewportPortal,
  type ConnectionLineComponentProps,
} from '@xyflow/react'
import { useMemo } from 'react'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { useCanvas } from '../canvas-store.ts'
import { choicesAt, refusalAt, type WireTarget } from '../wire-target.ts'
import { readPort } from '../wiring.ts'
import styles from './edges.module.css'
import { boxOf } from './to-nodes.ts'
import { isCard, type CanvasNode } from './to-notes.ts'
import { flowUnder, targetBelow } from './wire-gestures.ts'

const kinds = {
  exec: 'exec',
  'exec-in': 'exec',
  attach: 'attachment',
  'attach-in': 'attachment',
  in: 'binding',
  out: 'binding',
} as const

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
  const kind = kinds[readPort(props.fromHandle.id ?? '').kind]
  return (
    <g>
      <path className={styles.wire} d={path} data-status={status} data-kind={kind} />
      <circle className={styles.wireEnd} cx={props.toX} cy={props.toY} r={4} data-status={status} />
    </g>
  )
}

/** At most so many pixels. */
const hintWidth = 280

/** Beside the pointer: what the wire would do where it is, or why it cannot end there. */
export function WireHint() {
  const connection = useConnection<CanvasNode>()
  const store = useStoreApi()
  const { pointer, toHandle } = connection
  if (!connection.inProgress || pointer === null) return null
  const { left, top, width } = store.getState().domNode?.getBoundingClientRect() ?? new DOMRect()
  const target = targetBelow([pointer.x + left, pointer.y + top], toHandle)
  if (target.kind === 'canvas' || target.kind === 'elsewhere') return null
  const key = target.kind === 'port' ? `${target.end.nodeId} ${target.end.portId}` : target.nodeId
  // At the right edge it would be cut.
  const place = { left: Math.min(pointer.x + 16, width - hintWidth - 8), top: pointer.y + 16 }
  return <HintAt key={key} target={target} place={place} />
}

const selectFlow = (document: DocumentState) => document.flow

function HintAt({
  target,
  place,
}: {
  readonly target: Extract<WireTarget, { kind: 'port' | 'card' }>
  readonly place: { readonly left: number; readonly top: number }
}) {
  const flow = useDocument(selectFlow)
  const wire = useCanvas((canvas) => canvas.wire)
  const { getNode } = useReactFlow<CanvasNode>()
  const nodeId = target.kind === 'port' ? target.end.nodeId : target.nodeId
  // The pointer moves on; what is below it is the same, by the key of this component.
  const text = useMemo(() => hintFor(wire, target), [flow, wire]) // oxlint-disable-line react-hooks/exhaustive-deps
  if (text === undefined) return null
  const node = getNode(nodeId)
  return (
    <>
      {target.kind === 'card' && node !== undefined && isCard(node) && !text.isRefusal && (
        <ViewportPortal>
          <div className={styles.targetCard} style={styleOf(boxOf(node))} aria-hidden />
        </ViewportPortal>
      )}
      <div
        className={styles.hint}
        role="status"
        data-refusal={text.isRefusal || undefined}
        style={{ ...place, maxWidth: hintWidth }}
      >
        {text.message}
      </div>
    </>
  )
}

function hintFor(
  wire: ReturnType<typeof useCanvas.getState>['wire'],
  target: WireTarget,
): { readonly message: string; readonly isRefusal: boolean } | undefined {
  if (wire === undefined) return undefined
  const flow = flowUnder(wire.edgeId)
  const choices = choicesAt(flow, registry, { end: wire, target })
  const [only, ...others] = choices
  if (only !== undefined) {
    return {
      message: others.length > 0 ? `Drop it to choose: ${only.label}, …` : only.label,
      isRefusal: false,
    }
  }
  const message = refusalAt(flow, registry, { end: wire, target })
  return message === undefined ? undefined : { message, isRefusal: true }
}

function styleOf({ x, y, width, height }: ReturnType<typeof boxOf>) {
  return { transform: `translate(${x}px, ${y}px)`, width, height }
}
