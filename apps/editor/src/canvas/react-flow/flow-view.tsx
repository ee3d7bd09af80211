import './react-flow.css'
import {
  Background,
  ReactFlow,
  SelectionMode,
  useStore,
  useStoreApi,
  type FinalConnectionState,
  type NodeChange,
  type OnConnectStartParams,
} from '@xyflow/react'
import { useCallback, useRef, type FocusEvent, type MouseEvent as ReactMouseEvent } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { sessionCommands, useSession, type SessionState } from '../../session/session-store.ts'
import { canvasState, useCanvas } from '../canvas-store.ts'
import { noteIdOf } from '../notes.ts'
import { leastZoom } from '../fitting-view.ts'
import { mainFieldOf } from '../main-field.ts'
import { grid } from '../placement.ts'
import { BindingLines } from './binding-lines.tsx'
import { CardNode } from './card-node.tsx'
import { takeEdgeChanges, takeNodeChanges, takePress } from './changes.ts'
import { AttachmentEdge, ExecEdge } from './edges.tsx'
import styles from './flow-view.module.css'
import { FrameNode } from './frame-node.tsx'
import { GuideLines } from './guide-lines.tsx'
import { useHeldKeys } from './held-keys.ts'
import { marquee } from './marquee.ts'
import { NoteNode } from './note-node.tsx'
import type { CanvasEdge } from './to-edges.ts'
import { isCard, type CanvasNode } from './to-notes.ts'
import { useCanvasNodes } from './use-canvas-nodes.ts'
import { SelectionToolbar } from './selection-toolbar.tsx'
import { useGestureEscape } from './use-gesture-escape.ts'
import { useView } from './use-view.ts'
import { ViewControls } from './view-controls.tsx'
import { useViewport } from './viewport.ts'
import { endWire, isFitting, startWire, takeUpEdge } from './wire-gestures.ts'
import { Wire, WireHint } from './wire.tsx'

const nodeTypes = { card: CardNode, note: NoteNode, frame: FrameNode }
const edgeTypes = { exec: ExecEdge, attachment: AttachmentEdge }
const snapGrid: [number, number] = [grid, grid]
/** The middle button moves the view, and with the hand the main one, too. */
const panButtons = [1]
const handButtons = [0, 1]
const multiSelectionKeys = ['Control', 'Meta', 'Shift']
const lowDetailZoom = 0.4
/** From this many nodes on, only what is in view is drawn. */
const cullFrom = 100

const ariaLabels = {
  'node.a11yDescription.default':
    'Press Space to select the node, Enter to go to its properties, the arrow keys to move it, C to connect it, Delete to remove it.',
  'edge.a11yDescription.default':
    'Press Enter or Space to select the edge, Insert to put a node into it, Delete to remove it.',
}

const selectIsHand = (session: SessionState) => session.tool === 'hand'

/** The canvas itself: React Flow, fed from the document, telling the commands what was done. */
export function FlowView() {
  const { nodes, edges } = useCanvasNodes()
  const isWiring = useCanvas((canvas) => canvas.wire !== undefined)
  const isLowDetail = useStore((store) => store.transform[2] < lowDetailZoom)
  const isHand = useSession(selectIsHand)
  const isDragging = useCanvas((canvas) => canvas.dragged.size > 0)
  const { toCanvas } = useViewport()
  const onNodesChange = useNodesChange()
  useHeldKeys()
  useGestureEscape()
  const container = useRef<HTMLDivElement>(null)
  useView(container)

  // React Flow tells all its parts of every function that is another one.
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const point = 'touches' in event ? event.changedTouches[0] : event
      if (point !== undefined) endWire([point.clientX, point.clientY], state, toCanvas)
    },
    [toCanvas],
  )

  return (
    <div
      ref={container}
      className={styles.canvas}
      data-tool={isHand ? 'hand' : 'pointer'}
      data-wiring={isWiring || undefined}
      onFocus={onFocus}
      onBlur={onBlur}
      data-detail={isLowDetail ? 'low' : 'full'}
      onKeyDown={onKeyDown}
      onPointerDownCapture={({ clientX, clientY, shiftKey, target }) => {
        marquee.press(toCanvas([clientX, clientY]), { isAdding: shiftKey })
        takePress(itemIdAt(target))
      }}
    >
      <ReactFlow<CanvasNode, CanvasEdge>
        aria-label="Flow canvas"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={takeEdgeChanges}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onReconnectStart={onReconnectStart}
        onReconnect={doNothing}
        reconnectRadius={12}
        isValidConnection={isFitting}
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
        // While something is dragged, it snaps to guides first; steps and sizes go by the grid.
        snapToGrid={!isDragging}
        snapGrid={snapGrid}
        onSelectionStart={marquee.start}
        onSelectionEnd={({ clientX, clientY }) => marquee.end(toCanvas([clientX, clientY]))}
        selectionOnDrag={!isHand}
        nodesDraggable={!isHand}
        elementsSelectable={!isHand}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={multiSelectionKeys}
        deleteKeyCode={null}
        panOnScroll
        panOnDrag={isHand ? handButtons : panButtons}
        zoomOnDoubleClick={false}
        minZoom={leastZoom}
        maxZoom={2}
        ariaLabelConfig={ariaLabels}
        proOptions={proOptions}
      >
        {layers}
      </ReactFlow>
    </div>
  )
}

/** What stands on the canvas beside the items. The same element always: a drag draws none of it again. */
const layers = (
  <>
    <Background gap={24} size={1.5} className={styles.background ?? ''} />
    <BindingLines />
    <GuideLines />
    <WireHint />
    <SelectionToolbar />
    <ViewControls />
  </>
)

// The library's licence (MIT) allows it; its mark would stand below the map.
const proOptions = { hideAttribution: true }

function itemIdAt(target: EventTarget): string | undefined {
  if (!(target instanceof Element)) return undefined
  return target.closest<HTMLElement>('.react-flow__node')?.dataset['id']
}

function onFocus({ target }: FocusEvent): void {
  sessionCommands.workIn('canvas')
  const edgeId = target.closest<SVGElement>('.react-flow__edge')?.dataset['id']
  if (edgeId !== undefined) canvasState.focusEdge(edgeId)
}

function onBlur({ target }: FocusEvent): void {
  if (target.matches('.react-flow__edge')) canvasState.focusEdge(undefined)
}

function onConnectStart(_: unknown, { nodeId, handleId }: OnConnectStartParams): void {
  if (nodeId !== null && handleId !== null) startWire({ nodeId, portId: handleId })
}

function onReconnectStart(_: unknown, { id }: CanvasEdge): void {
  takeUpEdge(id)
}

/** Without it, no edge can be taken up; the wire's end says what was meant. */
function doNothing(): void {}

/** Hands on what React Flow says of the items, with what is in view for a drag to look at. */
function useNodesChange(): (changes: NodeChange<CanvasNode>[]) => void {
  const store = useStoreApi<CanvasNode>()
  return useCallback(
    (changes) =>
      takeNodeChanges(changes, () => {
        const { width, height, transform } = store.getState()
        const [x, y, zoom] = transform
        return {
          box: { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom },
          zoom,
        }
      }),
    [store],
  )
}

/** Enter on a note leads into its text, on a card into its form. */
function onKeyDown({ key, target, ctrlKey, metaKey }: React.KeyboardEvent): void {
  if (key !== 'Enter' || ctrlKey || metaKey || !(target instanceof HTMLElement)) return
  const itemId = target.dataset['id'] ?? ''
  const noteId = noteIdOf(itemId)
  if (noteId !== undefined) canvasState.editNote(noteId)
  else if (target.matches('.react-flow__node')) focusForm(itemId)
}

function focusForm(nodeId: string): void {
  const node = useDocument.getState().flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return
  sessionCommands.focusNode(nodeId, mainFieldOf(node, registry.nodes.get(node.type)))
}

function onNodeMouseEnter(_: unknown, node: CanvasNode): void {
  if (isCard(node)) canvasState.hoverNode(node.id)
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

/** A click asks for what is known of a node, be it selected already or not; of several, for it alone. */
function onNodeClick({ ctrlKey, metaKey, shiftKey }: ReactMouseEvent, { id }: CanvasNode): void {
  if (!ctrlKey && !metaKey && !shiftKey) selectOnly(id)
  sessionCommands.showInSide('properties')
}

function selectOnly(itemId: string): void {
  const { selectedNodeIds, selectedNoteIds } = useSession.getState()
  if (selectedNodeIds.size + selectedNoteIds.size < 2) return
  const noteId = noteIdOf(itemId)
  if (noteId !== undefined) sessionCommands.select([], [], [noteId])
  else sessionCommands.select([itemId])
}

/** Leads into the form. */
function onNodeDoubleClick(_: unknown, item: CanvasNode): void {
  if (!isCard(item)) {
    canvasState.editNote(item.data.note.id)
    return
  }
  focusForm(item.id)
}
