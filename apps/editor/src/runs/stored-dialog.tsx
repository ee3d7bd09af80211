import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { StoredFactsTable } from './stored-facts-table.tsx'
import styles from './stored-dialog.module.css'
import { retentionText, useRetention } from './use-retention.ts'

/** What this server keeps of runs, and of what people wrote to them, stated plainly. */
export function StoredDialog({ onClose }: { readonly onClose: () => void }) {
  const retention = useRetention()
  return (
    <Dialog
      isOpen
      size="large"
      onClose={onClose}
      title="What is stored of a run"
      footer={<Button onClick={onClose}>Done</Button>}
      hasControls={false}
    >
      <div className={styles.text}>
        <p>
          What somebody writes to a flow, and what it answers, is stored with <strong>every</strong>{' '}
          run. What happens in between is stored as the flow says, in{' '}
          <em>Flow settings → What clients’ runs record</em>.
        </p>
        <StoredFactsTable />
        <p>
          Runs that you start in the designer record everything, and so does a run from when
          somebody watches it live. With a run is kept the flow as it ran, saved or not, with the
          prompts in it. Keys and passwords of connections are never part of a run.
        </p>
        <p>
          All of it stays in the data directory of this server
          {retention === undefined ? '' : `, which keeps ${retentionText(retention)}`}. The oldest
          go first. Delete a run, a session or all runs of a flow here at any time; nothing of them,
          or of the runs that they called, is kept then.
        </p>
      </div>
    </Dialog>
  )
}
