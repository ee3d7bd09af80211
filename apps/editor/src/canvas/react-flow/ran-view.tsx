import './react-flow.css'
import {
  Background,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Node,
} from '@xyflow/react'
import type { Flow } from '@millrace/flow'
import { useEffect, useMemo, useRef, useState, type MouseEvent } from 'react'
import { usePanelLayout } from '../../app/panel-layout.ts'
import { CommandMenu } from '../../commands/command-menu.tsx'
import { registry } from '../../registry.ts'
import { sessionCommands, useSession, type SessionState } from '../../session/session-store.ts'
import { ContextMenu } from '../../ui/context-menu.tsx'
import { useAsCurrentViewport } from '../current-viewport.ts'
import { leastZoom } from '../fitting-view.ts'
import { takeMenuTarget, type MenuTarget } from '../menu-target.ts'
import { LazyStreamDialog } from '../lazy-stream-dialog.tsx'
import { itemBoxesOf } from '../notes.ts'
import { openingView } from '../opening-view.ts'
import { ShownFlow } from '../shown-flow.ts'
import { CardNode } from './card-node.tsx'
import { AttachmentEdge, ExecEdge } from './edges.tsx'
import styles from './flow-view.module.css'
import { FrameNode } from './frame-node.tsx'
import { mapCornerOf } from './map-corner.ts'
import { NoteNode } from './note-node.tsx'
import { createEdgeDeriver } from './to-edges.ts'
import { createNodeDeriver } from './to-nodes.ts'
import { createNoteDeriver, isCard, type CanvasNode } from './to-notes.ts'
import { ViewControls } from './view-controls.tsx'
import { viewMotion } from './view-motion.ts'
import { useViewport } from './viewport.ts'

const nodeTypes = { card: CardNode, note: NoteNode, frame: FrameNode }
const edgeTypes = { exec: ExecEdge, attachment: AttachmentEdge }
const panButtons = [0, 1]
const proOptions = { hideAttribution: true }
const lowDetailZoom = 0.4
const none: ReadonlySet<string> = new Set()

export interface RanViewProps {
  /** The document that a run ran. */
  readonly flow: Flow
  /** Cards that are marked, by node, with how: for the style sheet of whoever marks them. */
  readonly classNameOf?: (nodeId: string) => string | undefined
}

/** A document that a run ran, with the run on it. It can be looked at and not edited. */
export function RanView(props: RanViewProps) {
  return (
    <ReactFlowProvider>
      <ShownFlow value={props.flow}>
        <Picture {...props} />
        <LazyStreamDialog />
      </ShownFlow>
    </ReactFlowProvider>
  )
}

function Picture({ flow, classNameOf }: RanViewProps) {
  const nodes = useNodes(flow, classNameOf)
  const edges = useMemo(() => createEdgeDeriver(registry)(flow, none), [flow])
  const isLowDetail = useStore((store) => store.transform[2] < lowDetailZoom)
  const container = useRef<HTMLDivElement>(null)
  useOpeningView(flow, container)
  useFocusedNode()
  const viewport = useViewport()
  useAsCurrentViewport(viewport)
  const [menuTarget, setMenuTarget] = useState<MenuTarget>({ menu: 'canvas', place: {} })

  function onContextMenu(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return
    const point = viewport.toCanvas([event.clientX, event.clientY])
    setMenuTarget(takeMenuTarget(event.target, point))
  }

  return (
    <ContextMenu content={<CommandMenu {...menuTarget} />}>
      <div
        ref={container}
        className={styles.canvas}
        data-detail={isLowDetail ? 'low' : 'full'}
        data-canvas
        onContextMenuCapture={onContextMenu}
        // A title is renamed by it elsewhere.
        onDoubleClickCapture={stop}
      >
        <ReactFlow<CanvasNode>
          aria-label="What ran"
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          onNodeClick={(_, node) => isCard(node) && sessionCommands.select([node.id])}
          onPaneClick={() => sessionCommands.select([])}
          onlyRenderVisibleElements={nodes.length >= 100}
          deleteKeyCode={null}
          panOnScroll
          panOnDrag={panButtons}
          zoomOnDoubleClick={false}
          minZoom={leastZoom}
          maxZoom={2}
          proOptions={proOptions}
        >
          <Background gap={24} size={1.5} className={styles.background ?? ''} />
          <ViewControls isReadOnly />
        </ReactFlow>
      </div>
    </ContextMenu>
  )
}

function stop(event: MouseEvent): void {
  event.stopPropagation()
}

const selectNodeIds = ({ selectedNodeIds }: SessionState) => selectedNodeIds
const selectFocus = ({ focus }: SessionState) => focus

function useNodes(flow: Flow, classNameOf: RanViewProps['classNameOf']): CanvasNode[] {
  const selected = useSession(selectNodeIds)
  const [derive] = useState(() => ({
    nodes: createNodeDeriver(registry),
    notes: createNoteDeriver(),
  }))
  return useMemo(() => {
    const still = { dragged: new Map(), resized: undefined }
    const cards = derive.nodes({ flow, selected, problems: new Map(), expanded: none, ...still })
    const notes = derive.notes({ notes: flow.layout?.notes ?? [], selected: none, ...still })
    const marked = cards.map((card) => {
      const className = classNameOf?.(card.id)
      return className === undefined ? card : { ...card, className }
    })
    return [...notes, ...marked]
  }, [flow, selected, classNameOf, derive])
}

function useOpeningView(flow: Flow, container: React.RefObject<HTMLElement | null>): void {
  const { setViewport } = useReactFlow()
  useEffect(() => {
    const element = container.current
    if (element === null) return
    const window = { width: element.clientWidth, height: element.clientHeight }
    const start = flow.nodes.find(({ type }) => registry.nodes.get(type)?.kind === 'trigger')
    const first = (start ?? flow.nodes[0])?.id
    const map = mapCornerOf(window, usePanelLayout.getState())
    void setViewport(openingView(itemBoxesOf(flow, registry), first, { window, map }))
  }, [flow, container, setViewport])
}

/** Brings the node that somebody is led to into view. */
function useFocusedNode(): void {
  const { fitView, getZoom } = useReactFlow<Node>()
  const focus = useSession(selectFocus)
  useEffect(() => {
    if (focus === undefined) return
    const zoom = getZoom()
    const nodes = [{ id: focus.nodeId }]
    void fitView({ nodes, minZoom: zoom, maxZoom: zoom, ...viewMotion() })
  }, [focus, fitView, getZoom])
}
