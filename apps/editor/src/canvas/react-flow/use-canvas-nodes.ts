import { useMemo, useRef } from 'react'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { useSession, type SessionState } from '../../session/session-store.ts'
import { useCanvas } from '../canvas-store.ts'
import { groupByNode } from '../node-problems.ts'
import { withPreview } from './preview-edges.ts'
import { createEdgeDeriver, type CanvasEdge } from './to-edges.ts'
import { createNodeDeriver } from './to-nodes.ts'
import { createNoteDeriver, type CanvasNode } from './to-notes.ts'

const selectFlow = (document: DocumentState) => document.flow
const selectProblems = (document: DocumentState) => document.problems
const selectNodeIds = (session: SessionState) => session.selectedNodeIds
const selectNotes = ({ flow }: DocumentState) => flow.layout?.notes
const selectNoteIds = (session: SessionState) => session.selectedNoteIds
const selectEdgeIds = (session: SessionState) => session.selectedEdgeIds

const deriveNodes = createNodeDeriver(registry)
const deriveNotes = createNoteDeriver()
const deriveEdges = createEdgeDeriver(registry)
const derivePreview = createEdgeDeriver(registry)
const none: ReadonlySet<string> = new Set()

/** The document as React Flow's nodes and edges; what has not changed keeps its identity. */
export function useCanvasNodes(): { readonly nodes: CanvasNode[]; readonly edges: CanvasEdge[] } {
  const flow = useDocument(selectFlow)
  const problems = useGroupedProblems()
  const selected = useSession(selectNodeIds)
  const selectedEdges = useSession(selectEdgeIds)
  const expanded = useCanvas((canvas) => canvas.expanded)
  const dragged = useCanvas((canvas) => canvas.dragged)
  const notes = useDocument(selectNotes)
  const selectedNotes = useSession(selectNoteIds)
  const resized = useCanvas((canvas) => canvas.resized)
  const cards = useMemo(
    () => deriveNodes({ flow, problems, selected, expanded, dragged }),
    [flow, problems, selected, expanded, dragged],
  )
  const noteNodes = useMemo(
    () => deriveNotes({ notes: notes ?? [], selected: selectedNotes, dragged, resized }),
    [notes, selectedNotes, dragged, resized],
  )
  const nodes = useMemo(() => [...noteNodes, ...cards], [noteNodes, cards])
  const preview = useCanvas((canvas) => canvas.preview)
  const edges = useMemo(() => {
    const derived = deriveEdges(flow, selectedEdges)
    return preview === undefined
      ? derived
      : withPreview(derived, flow, derivePreview(preview, none))
  }, [flow, selectedEdges, preview])
  return { nodes, edges }
}

function useGroupedProblems() {
  const problems = useDocument(selectProblems)
  const before = useRef<ReturnType<typeof groupByNode>>(new Map())
  return useMemo(() => {
    before.current = groupByNode(problems, before.current)
    return before.current
  }, [problems])
}
