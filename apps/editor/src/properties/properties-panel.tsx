import type { Problem } from '@millrace/flow'
import { useEffect, useMemo, useRef } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { showFields } from '../inspect/panel-tabs.tsx'
import { registry } from '../registry.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { EdgeForm, edgeWithId } from './edge-form.tsx'
import { FlowForm } from './flow-form.tsx'
import { focusField, tryUntilDone } from './focus-field.ts'
import { LazyNodeForm, LazySeveralForm } from './lazy-node-forms.tsx'
import { LazyNoteForm } from './lazy-note-form.tsx'
import styles from './properties-panel.module.css'

/** The properties of what is selected; of the flow when nothing is. */
export function PropertiesPanel() {
  const nodeIds = useSession(selectSelected)
  const edgeIds = useSession(selectEdges)
  const noteIds = useSession(selectNotes)
  const [nodeId] = nodeIds.size === 1 ? nodeIds : []
  const panel = useRef<HTMLDivElement>(null)
  useFocus(panel, nodeId)
  const [edgeId] = nodeIds.size + noteIds.size === 0 && edgeIds.size === 1 ? edgeIds : []
  const [noteId] = nodeIds.size + edgeIds.size === 0 && noteIds.size === 1 ? noteIds : []
  return (
    <div ref={panel} className={styles.panel}>
      {nodeId !== undefined ? (
        <OneNode nodeId={nodeId} />
      ) : nodeIds.size > 1 ? (
        <Several nodeIds={nodeIds} />
      ) : edgeId !== undefined ? (
        <OneEdge edgeId={edgeId} />
      ) : noteId !== undefined ? (
        <OneNote noteId={noteId} />
      ) : (
        <FlowForm />
      )}
    </div>
  )
}

function OneNode({ nodeId }: { readonly nodeId: string }) {
  const node = useDocument(({ flow }) => flow.nodes.find(({ id }) => id === nodeId))
  const problems = useProblemsOf(nodeId)
  if (node === undefined) return <FlowForm />
  return (
    <LazyNodeForm
      key={node.id}
      node={node}
      definition={registry.nodes.get(node.type)}
      problems={problems}
    />
  )
}

function Several({ nodeIds }: { readonly nodeIds: ReadonlySet<string> }) {
  const all = useDocument(({ flow }) => flow.nodes)
  const nodes = useMemo(() => all.filter(({ id }) => nodeIds.has(id)), [all, nodeIds])
  return nodes.length > 1 ? <LazySeveralForm nodes={nodes} /> : <FlowForm />
}

/** An attachment has nothing to set: the flow is shown for it. */
function OneEdge({ edgeId }: { readonly edgeId: string }) {
  const flow = useDocument((state) => state.flow)
  const edge = edgeWithId(flow, edgeId)
  return edge === undefined ? <FlowForm /> : <EdgeForm flow={flow} edge={edge} />
}

function OneNote({ noteId }: { readonly noteId: string }) {
  const note = useDocument(({ flow }) => flow.layout?.notes?.find(({ id }) => id === noteId))
  return note === undefined ? <FlowForm /> : <LazyNoteForm note={note} />
}

function useProblemsOf(nodeId: string | undefined): readonly Problem[] {
  const problems = useDocument(selectProblems)
  const own = problems.filter((problem) => problem.nodeId === nodeId)
  // The same problems stay the same list, so that fields render only for their own news.
  const print = JSON.stringify(own)
  return useMemo(() => JSON.parse(print) as readonly Problem[], [print]) // written one line above
}

/** Scrolls to the field that the session leads to, and puts the caret into it. */
function useFocus(panel: React.RefObject<HTMLDivElement | null>, nodeId: string | undefined): void {
  const focus = useSession(selectFocus)
  useEffect(() => {
    if (focus?.property === undefined || focus.nodeId !== nodeId) return undefined
    showFields()
    const find = () =>
      panel.current?.querySelector<HTMLElement>(
        `[data-property="${CSS.escape(focus.property ?? '')}"]`,
      )
    const lead = () => {
      const field = find()
      const cell = focus.part && cellAt(field, focus.part)
      const place = cell ?? field
      place?.scrollIntoView({ block: 'nearest' })
      return focus.isQuiet === true ? place instanceof Element : focusField(place)
    }
    return tryUntilDone(panel.current, lead)
  }, [focus, nodeId, panel])
}

/** The cell of a field's value, right before what is said of it. */
function cellAt(
  field: HTMLElement | null | undefined,
  part: readonly (string | number)[],
): Element | null | undefined {
  return field?.querySelector(`[data-part="${CSS.escape(part.join('.'))}"]`)?.previousElementSibling
}

function selectSelected({ selectedNodeIds }: SessionState): ReadonlySet<string> {
  return selectedNodeIds
}

function selectEdges({ selectedEdgeIds }: SessionState): ReadonlySet<string> {
  return selectedEdgeIds
}

function selectNotes({ selectedNoteIds }: SessionState): ReadonlySet<string> {
  return selectedNoteIds
}

function selectFocus({ focus }: SessionState): SessionState['focus'] {
  return focus
}

function selectProblems({ problems }: DocumentState): readonly Problem[] {
  return problems
}
