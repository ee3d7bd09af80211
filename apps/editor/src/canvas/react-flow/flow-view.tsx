import './react-flow.css'
import {
  Background,
  ReactFlow,
  SelectionMode,
  useStore,
  type FinalConnectionState,
} from '@xyflow/react'
import { useRef } from 'react'
import { sessionCommands } from '../../session/session-store.ts'
import { canvasState, useCanvas } from '../canvas-store.ts'
import { mainFieldOf } from '../main-field.ts'
import { grid } from '../placement.ts'
import { BindingLines } from './binding-lines.tsx'
import { CardNode } from './card-node.tsx'
import { onEdgesChange, onNodesChange } from './changes.ts'
import { AttachmentEdge, ExecEdge } from './edges.tsx'
import styles from './flow-view.module.css'
import type { CanvasEdge } from './to-edges.ts'
import type { CardNode as CardNodeType } from './to-nodes.ts'
import { useCardNodes } from './use-card-nodes.ts'
import { useView } from './use-view.ts'
import { ViewControls } from './view-controls.tsx'
import { useViewport } from './viewport.ts'
import { dropWire, isFitting, onConnect, startWire } from './wire-gestures.ts'
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
      onFocus={() => sessionCommands.workIn('canvas')}
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
        onNodeClick={onNodeClick}
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

/** A click asks for what is known of a node, be it selected already or not. */
function onNodeClick(): void {
  sessionCommands.showInSide('properties')
}

/** Leads into the form. */
function onNodeDoubleClick(_: unknown, { id, data }: CardNodeType): void {
  sessionCommands.focusNode(id, mainFieldOf(data.card.node, data.card.definition))
}
