import { Download, Tag, Trash2 } from 'lucide-react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { Button } from '../ui/button.tsx'
import { SelectedBar } from '../ui/selected-bar.tsx'
import { attempt, deleteWithUndo, exportStoredFlow, exportStoredFlows } from './flow-actions.ts'
import { flowsPageCommands } from './flows-page-store.ts'

/** What can be done with the flows that are selected. */
export function FlowsSelectionBar({ flows }: { readonly flows: readonly FlowSummary[] }) {
  const ids = flows.map(({ id }) => id)
  const [first] = ids
  if (first === undefined) return null

  async function remove(): Promise<void> {
    await deleteWithUndo(flows)
    for (const id of ids) flowsPageCommands.select(id, 'remove')
  }

  return (
    <SelectedBar
      name="Selected flows"
      count={flows.length}
      onSelectNothing={() => flowsPageCommands.selectOnly([])}
    >
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
    </SelectedBar>
  )
}
