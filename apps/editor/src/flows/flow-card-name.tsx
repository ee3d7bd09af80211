import { useState, type KeyboardEvent } from 'react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { Link } from '../app/link.tsx'
import { designerPath } from '../app/router.ts'
import { attempt, renameStoredFlow } from './flow-actions.ts'
import styles from './flow-card.module.css'
import { flowsPageCommands, useFlowsPage } from './flows-page-store.ts'

/** The name of a flow on its card: the link that opens it, or a field while it is renamed. */
export function FlowCardName({ summary }: { readonly summary: FlowSummary }) {
  const isRenaming = useFlowsPage((state) => state.renamingId === summary.id)
  if (isRenaming) return <NameField summary={summary} />
  return (
    <Link
      href={designerPath(summary.id)}
      className={styles.name}
      title={summary.name}
      data-flow-link={summary.id}
    >
      {summary.name}
    </Link>
  )
}

function NameField({ summary }: { readonly summary: FlowSummary }) {
  const [draft, setDraft] = useState(summary.name)

  function finish(wanted: string): void {
    flowsPageCommands.endRename()
    void attempt(() => renameStoredFlow(summary, wanted))
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    // The arrows belong to the field, not to the list around it.
    event.stopPropagation()
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    finish(event.key === 'Enter' ? draft : summary.name)
    requestAnimationFrame(() => focusFlow(summary.id))
  }

  return (
    <input
      className={styles.nameField}
      aria-label={`Name of ${summary.name}`}
      value={draft}
      maxLength={120}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(draft)}
      onKeyDown={press}
    />
  )
}

/** Puts the focus on the name of a flow, if it is shown. */
function focusFlow(id: string): void {
  document.querySelector<HTMLElement>(`[data-flow-link="${CSS.escape(id)}"]`)?.focus()
}
