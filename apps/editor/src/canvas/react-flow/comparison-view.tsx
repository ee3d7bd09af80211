import './react-flow.css'
import { Background, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { registry } from '../../registry.ts'
import type { Comparison } from '../../versions/compare-flows.ts'
import { leastZoom } from '../fitting-view.ts'
import { ComparedEdge } from './compared-edges.tsx'
import { ComparedNode, ComparedNote, GhostNode } from './compared-nodes.tsx'
import styles from './comparison-view.module.css'
import flowStyles from './flow-view.module.css'
import { toComparedGraph, type ComparedGraph } from './to-compared.ts'
import { viewMotion } from './view-motion.ts'

const nodeTypes = { compared: ComparedNode, note: ComparedNote, ghost: GhostNode }
const edgeTypes = { exec: ComparedEdge, attachment: ComparedEdge }
const panButtons = [0, 1]
const proOptions = { hideAttribution: true }

export interface ComparisonViewProps {
  readonly comparison: Comparison
  /** What the view moves to; a new list each time, so that it moves again to the same place. */
  readonly shown: readonly string[] | undefined
  /** Hears which node or note was clicked, as a difference names it. */
  readonly onPick: (thing: string) => void
}

/** Two versions of a flow as one picture that can be moved and not edited. */
export function ComparisonView(props: ComparisonViewProps) {
  const graph = useMemo(() => toComparedGraph(props.comparison, registry), [props.comparison])
  return (
    <ReactFlowProvider>
      <Picture {...props} graph={graph} />
    </ReactFlowProvider>
  )
}

function Picture({
  graph,
  shown,
  onPick,
}: ComparisonViewProps & { readonly graph: ComparedGraph }) {
  const { fitView } = useReactFlow()

  useEffect(() => {
    void fitView({ ...wholeFlow, ...viewMotion() })
  }, [graph, fitView])

  useEffect(() => {
    if (shown === undefined || shown.length === 0) return
    const nodes = shown.map((id) => ({ id }))
    void fitView({ nodes, padding: 0.3, maxZoom: 1, minZoom: 0.4, ...viewMotion() })
  }, [shown, fitView])

  const isShown = useMemo(() => new Set(shown), [shown])
  const nodes = useMemo(
    () =>
      graph.nodes.map((node) =>
        isShown.has(node.id) ? { ...node, className: styles.shown ?? '', zIndex: 1 } : node,
      ),
    [graph, isShown],
  )

  return (
    <div className={flowStyles.canvas} data-detail="full">
      <ReactFlow
        aria-label="Comparison of two versions"
        nodes={nodes}
        edges={graph.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onNodeClick={(_, { id }) => onPick(id)}
        onlyRenderVisibleElements={graph.nodes.length >= 100}
        deleteKeyCode={null}
        panOnScroll
        panOnDrag={panButtons}
        zoomOnDoubleClick={false}
        minZoom={leastZoom}
        maxZoom={2}
        fitView
        fitViewOptions={wholeFlow}
        proOptions={proOptions}
      >
        <Background gap={24} size={1.5} className={flowStyles.background ?? ''} />
      </ReactFlow>
    </div>
  )
}

const wholeFlow = { padding: 0.12, maxZoom: 1 } as const
