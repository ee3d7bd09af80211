import './react-flow.css'
import {
  Background,
  ReactFlow,
  SelectionMode,
  useStore,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react'
import { registry } from '@millrace/nodes'
import { useRef } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { sessionCommands, useSession } from '../../session/session-store.ts'
import { canvasCommands } from '../canvas-commands.ts'
import { canvasState, portKey, useCanvas } from '../canvas-store.ts'
import { attachInId, execInId } from '../card-layout.ts'
import { grid, type Point } from '../placement.ts'
import { fittingPorts, isOutPort, readPort, type PortEnd } from '../wiring.ts'
import { BindingLines } from './binding-lines.tsx'
import { CardNode } from './card-node.tsx'
import { AttachmentEdge, ExecEdge } from './edges.tsx'
import styles from './flow-view.module.css'
import type { CanvasEdge, CardNode as CardNodeType } from './to-react-flow.ts'
import { useCardNodes } from './use-card-nodes.ts'
import { useView } from './use-view.ts'
import { ViewControls } from './view-controls.tsx'
import { useViewport } from './viewport.ts'
import { Wire, WireRefusal } from './wire.tsx'

const nodeTypes = { card: CardNode }
const edgeTypes = { exec: ExecEdge, attachment: AttachmentEdge }
const snapGrid: [number, number] = [grid, grid]
const panButtons = [1]
const multiSelectionKeys = ['Control', 'Meta', 'Shift']
const lowDetailZoom = 0.4
/** From this many nodes on, only what is in view is drawn. */
const cullFrom = 100

const ariaLabels = {
  'node.a11yDescription.default':
    'Press Enter or Space to select the node, the arrow keys to move it, C to connect it, Delete to remove it.',
  'edge.a11yDescription.default': 'Press Enter or Space to select the edge, Delete to remove it.',
  'minimap.ariaLabel': 'Map of the flow',
}

/** The canvas itself: React Flow, fed from the document, telling the commands what was done. */
export function FlowView() {
  const { nodes, edges } = useCardNodes()
  const isWiring = useCanvas((canvas) => canvas.wire !== undefined)
  const isLowDetail = useStore((store) => store.transform[2] < lowDetailZoom)
  const { toCanvas } = useViewport()
  const container = useRef<HTMLDivElement>(null)
  useView(container)

  function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
    canvasState.drawWire(undefined)
    if (state.isValid === true || state.fromHandle === null) return
    const point = 'touches' in event ? event.changedTouches[0] : event
    if (point === undefined) return
    const end = { nodeId: state.fromHandle.nodeId, portId: state.fromHandle.id ?? '' }
    dropWire(end, [point.clientX, point.clientY], toCanvas)
  }

  return (
    <div
      ref={container}
      className={styles.canvas}
      data-wiring={isWiring || undefined}
      data-detail={isLowDetail ? 'low' : 'full'}
    >
      <ReactFlow<CardNodeType, CanvasEdge>
        aria-label="Flow canvas"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={onConnect}
        onConnectStart={(_, { nodeId, handleId }) => {
          if (nodeId !== null && handleId !== null) startWire({ nodeId, portId: handleId })
        }}
        onConnectEnd={onConnectEnd}
        isValidConnection={(connection) => isFitting(connection)}
        onNodeMouseEnter={onNodeMouseEnter}
        onNodeMouseLeave={onNodeMouseLeave}
        onNodeDoubleClick={onNodeDoubleClick}
        onEdgeMouseEnter={onEdgeMouseEnter}
        onEdgeMouseLeave={onEdgeMouseLeave}
        connectionLineComponent={Wire}
        connectionRadius={28}
        connectOnClick={false}
        onlyRenderVisibleElements={nodes.length >= cullFrom}
        snapToGrid
        snapGrid={snapGrid}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={multiSelectionKeys}
        deleteKeyCode={null}
        panOnScroll
        panOnDrag={panButtons}
        zoomOnDoubleClick={false}
        minZoom={0.05}
        maxZoom={2}
        ariaLabelConfig={ariaLabels}
        proOptions={proOptions}
      >
        <Background gap={24} size={1.5} className={styles.background ?? ''} />
        <BindingLines />
        <WireRefusal />
        <ViewControls />
      </ReactFlow>
    </div>
  )
}

// The library's licence (MIT) allows it; its mark would stand in the minimap.
const proOptions = { hideAttribution: true }

function onNodesChange(changes: readonly NodeChange<CardNodeType>[]): void {
  const selected = new Set(useSession.getState().selectedNodeIds)
  const moved: (readonly [string, { readonly x: number; readonly y: number }])[] = []
  let isDragging = false
  for (const change of changes) {
    if (change.type === 'select') {
      if (change.selected) selected.add(change.id)
      else selected.delete(change.id)
    }
    if (change.type === 'position' && change.position !== undefined) {
      moved.push([change.id, change.position])
    }
    if (change.type === 'position' && change.dragging === true) isDragging = true
  }
  sessionCommands.select(selected, useSession.getState().selectedEdgeIds)
  if (isDragging) canvasState.drag(moved)
  else if (changes.some(({ type }) => type === 'position')) commitMove(moved)
}

/** A drag is one edit, made on release; steps with the arrow keys join into one. */
function commitMove(
  moved: readonly (readonly [string, { readonly x: number; readonly y: number }])[],
): void {
  const dragged = canvasState.drop()
  const positions = new Map([...dragged, ...moved])
  const { flow } = useDocument.getState()
  const changed = [...positions].filter(([id, { x, y }]) => {
    const [left, top] = flow.layout?.nodes?.[id] ?? [0, 0]
    return left !== x || top !== y
  })
  if (changed.length === 0) return
  canvasCommands.move(
    new Map(changed.map(([id, { x, y }]) => [id, [x, y] as const])),
    dragged.size === 0 ? `nudge ${changed.map(([id]) => id).join()}` : undefined,
  )
}

function onEdgesChange(changes: readonly EdgeChange<CanvasEdge>[]): void {
  const selected = new Set(useSession.getState().selectedEdgeIds)
  for (const change of changes) {
    if (change.type !== 'select') continue
    if (change.selected) selected.add(change.id)
    else selected.delete(change.id)
  }
  sessionCommands.select(useSession.getState().selectedNodeIds, selected)
}

function endsOf(connection: {
  source: string
  target: string
  sourceHandle?: string | null
  targetHandle?: string | null
}): { readonly from: PortEnd; readonly to: PortEnd } {
  return {
    from: { nodeId: connection.source, portId: connection.sourceHandle ?? '' },
    to: { nodeId: connection.target, portId: connection.targetHandle ?? '' },
  }
}

function onConnect(connection: Connection): void {
  const { from, to } = endsOf(connection)
  canvasCommands.wire(from, to)
}

/** Whether the wire that is being drawn may end where the pointer is. */
function isFitting(connection: Parameters<typeof endsOf>[0]): boolean {
  const { wire } = useCanvas.getState()
  if (wire === undefined) return false
  const { from, to } = endsOf(connection)
  const other = isOutPort(wire.portId) ? to : from
  return wire.fitting.has(portKey(other.nodeId, other.portId))
}

function startWire(end: PortEnd): void {
  const { flow } = useDocument.getState()
  const ports = [...document.querySelectorAll<HTMLElement>('[data-port][data-node-id]')].map(
    ({ dataset }) => ({ nodeId: dataset['nodeId'] ?? '', portId: dataset['port'] ?? '' }),
  )
  const fitting = fittingPorts(flow, registry, end, ports)
  canvasState.drawWire({
    ...end,
    fitting: new Set(fitting.map(({ nodeId, portId }) => portKey(nodeId, portId))),
  })
}

/** A wire that ended at no fitting port: on a card it takes the card's own port, beside them all it asks for a node. */
function dropWire(end: PortEnd, point: Point, toCanvas: (point: Point) => Point): void {
  const below = document.elementFromPoint(...point)
  const kind = readPort(end.portId).kind
  const target = below?.closest<HTMLElement>('[data-node-type]')?.dataset['nodeId']
  if (target !== undefined) {
    if (target === end.nodeId) return
    if (kind === 'exec') canvasCommands.wire(end, { nodeId: target, portId: execInId })
    if (kind === 'attach') canvasCommands.wire(end, { nodeId: target, portId: attachInId })
    return
  }
  const isBinding = kind === 'in' || kind === 'out'
  if (isBinding || below?.closest('.react-flow__pane') == null) return
  const position = toCanvas(point)
  const origin = [end.nodeId, end.portId] as const
  sessionCommands.openPicker(
    isOutPort(end.portId) ? { position, from: origin } : { position, to: origin },
  )
}

function onNodeMouseEnter(_: unknown, { id }: CardNodeType): void {
  canvasState.hoverNode(id)
}

function onNodeMouseLeave(): void {
  canvasState.hoverNode(undefined)
}

function onEdgeMouseEnter(_: unknown, { id }: CanvasEdge): void {
  canvasState.hoverEdge(id)
}

function onEdgeMouseLeave(): void {
  canvasState.hoverEdge(undefined)
}

/** Leads into the form: to the first input that is still wanted, else to the first of all. */
function onNodeDoubleClick(_: unknown, { id, data }: CardNodeType): void {
  const { definition, node } = data.card
  const entries = Object.entries(definition?.properties ?? {})
  const wanted = entries.find(
    ([key, property]) => property.required === true && node.properties?.[key] === undefined,
  )
  sessionCommands.focusNode(id, (wanted ?? entries[0])?.[0])
}
