import type { Problem } from '@millrace/flow'
import { MousePointerSquareDashed } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { showFields } from '../inspect/panel-tabs.tsx'
import { registry } from '../registry.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { FlowForm } from './flow-form.tsx'
import { focusField } from './focus-field.ts'
import { preloadEditors } from './lazy-editors.tsx'
import { NodeForm } from './node-form.tsx'
import styles from './properties-panel.module.css'

/** The properties of the selected node; of the flow when no single node is selected. */
export function PropertiesPanel() {
  const selected = useSession(selectSelected)
  const [nodeId] = selected.size === 1 ? selected : []
  const node = useDocument(({ flow }) => flow.nodes.find(({ id }) => id === nodeId))
  const problems = useProblemsOf(nodeId)
  const panel = useRef<HTMLDivElement>(null)
  useFocus(panel, nodeId)
  useEffect(preloadEditors, [])

  return (
    <div ref={panel} className={styles.panel}>
      {node === undefined ? (
        <>
          {selected.size > 1 && (
            <p className={styles.several}>
              <MousePointerSquareDashed size={16} aria-hidden />
              {selected.size} nodes are selected. Select one to see its properties.
            </p>
          )}
          <FlowForm />
        </>
      ) : (
        <NodeForm
          key={node.id}
          node={node}
          definition={registry.nodes.get(node.type)}
          problems={problems}
        />
      )}
    </div>
  )
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
      field?.scrollIntoView({ block: 'nearest' })
      return focus.isQuiet === true ? field instanceof Element : focusField(field)
    }
    if (lead()) return undefined
    // The panel is not in view yet, or the code of the control is still being loaded.
    const frame = requestAnimationFrame(lead)
    const observer = new MutationObserver(() => lead() && observer.disconnect())
    if (panel.current !== null) observer.observe(panel.current, { childList: true, subtree: true })
    // What has not come by then must not take the focus from something else.
    const timer = setTimeout(() => observer.disconnect(), patienceMs)
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [focus, nodeId, panel])
}

const patienceMs = 2_000

function selectSelected({ selectedNodeIds }: SessionState): ReadonlySet<string> {
  return selectedNodeIds
}

function selectFocus({ focus }: SessionState): SessionState['focus'] {
  return focus
}

function selectProblems({ problems }: DocumentState): readonly Problem[] {
  return problems
}
