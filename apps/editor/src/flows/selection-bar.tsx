import { Download, Tag, Trash2, X } from 'lucide-react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { attempt, deleteWithUndo, exportStoredFlow, exportStoredFlows } from './flow-actions.ts'
import { flowsPageCommands } from './flows-page-store.ts'
import styles from './selection-bar.module.css'

/** What can be done with the flows that are selected. */
export function SelectionBar({ flows }: { readonly flows: readonly FlowSummary[] }) {
  const ids = flows.map(({ id }) => id)
  const [first] = ids
  if (first === undefined) return null

  async function remove(): Promise<void> {
    await deleteWithUndo(flows)
    for (const id of ids) flowsPageCommands.select(id, 'remove')
  }

  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected flows">
      <span className={styles.count} role="status">
        {flows.length} selected
      </span>
      <Button
        variant="quiet"
        icon={<Tag size={16} aria-hidden />}
        onClick={() => flowsPageCommands.open({ kind: 'tags', flowIds: ids })}
      >
        Tags…
      </Button>
      <Button
        variant="quiet"
        icon={<Download size={16} aria-hidden />}
        onClick={() =>
          void attempt(() => (ids.length === 1 ? exportStoredFlow(first) : exportStoredFlows(ids)))
        }
      >
        Export
      </Button>
      <Button
        variant="quiet"
        icon={<Trash2 size={16} aria-hidden />}
        onClick={() => void attempt(remove)}
      >
        Delete
      </Button>
      <IconButton
        label="Select nothing"
        tooltipSide="top"
        onClick={() => flowsPageCommands.selectOnly([])}
      >
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
