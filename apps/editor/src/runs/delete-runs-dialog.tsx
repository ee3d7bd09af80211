import { useEffect, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { deleteRuns, deleteSomeRuns, listRuns, type RunGroup } from '../api/run-history-api.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { toast } from '../ui/toast.ts'
import styles from './delete-runs-dialog.module.css'
import { removeRuns } from './remove-runs.ts'
import type { Deletion } from './runs-page-store.ts'

interface DeleteRunsDialogProps {
  readonly deletion: Deletion
  readonly onClose: () => void
  /** The runs that are gone; all of the group when no ids are given. */
  readonly onDeleted: (ids?: ReadonlySet<string>) => void
}

/** Asks before runs are deleted, since nothing brings them back, and says how many they are. */
export function DeleteRunsDialog({ deletion, onClose, onDeleted }: DeleteRunsDialogProps) {
  const count = useCount(deletion)
  const [isBusy, setIsBusy] = useState(false)
  const [removed, setRemoved] = useState(0)

  async function remove(): Promise<void> {
    setIsBusy(true)
    try {
      if (deletion.kind === 'runs') {
        const { removedIds, error } = await removeRuns({
          ids: deletion.runs.map(({ id }) => id),
          remove: deleteSomeRuns,
          onProgress: setRemoved,
        })
        onDeleted(removedIds)
        if (error !== undefined) throw error
        toast.success(deletedText(removedIds.size))
      } else {
        const deleted = await deleteRuns(groupOf(deletion))
        onDeleted()
        toast.success(deletedText(deleted))
      }
    } catch (thrown) {
      toast.error(toApiError(thrown).message)
    }
    onClose()
  }

  return (
    <Dialog
      isOpen
      size="small"
      onClose={onClose}
      title={titleOf(deletion, count)}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            variant="danger"
            isBusy={isBusy}
            disabled={count === undefined || count.atLeast === 0}
            onClick={() => void remove()}
          >
            {count === undefined ? 'Delete' : `Delete ${runsText(count)}`}
          </Button>
        </>
      }
      hasControls={false}
    >
      <p className={styles.text}>
        What was asked, what was answered and everything else that was recorded of{' '}
        {count?.atLeast === 1 ? 'it' : 'them'} is deleted from this server, and so are the runs of
        other flows that {count?.atLeast === 1 ? 'it' : 'they'} called. It cannot be brought back.
      </p>
      {deletion.kind !== 'runs' && (
        <p className={styles.text}>Runs that go on at this moment stay.</p>
      )}
      <div role="status">
        {removed > 0 && (
          <p className={styles.progress}>
            {removed.toLocaleString('en')} of {count?.atLeast.toLocaleString('en')} are deleted…
          </p>
        )}
      </div>
    </Dialog>
  )
}

/** How many runs there are; a long list is not counted to its end. */
interface Count {
  readonly atLeast: number
  readonly isExact: boolean
}

/** The longest page of the server. */
const maxCounted = 200

function useCount(deletion: Deletion): Count | undefined {
  const [counted, setCounted] = useState<Count>()
  useEffect(() => {
    if (deletion.kind === 'runs') return
    const leaving = new AbortController()
    listRuns({ ...groupOf(deletion), limit: maxCounted }, leaving.signal).then(
      ({ runs, next }) => {
        const ended = runs.filter(({ state }) => state !== 'running')
        setCounted({ atLeast: ended.length, isExact: next === undefined })
      },
      (thrown: unknown) => {
        if (!leaving.signal.aborted) toast.error(toApiError(thrown).message)
      },
    )
    return () => leaving.abort()
  }, [deletion])
  return deletion.kind === 'runs' ? { atLeast: deletion.runs.length, isExact: true } : counted
}

function groupOf(deletion: Exclude<Deletion, { kind: 'runs' }>): RunGroup {
  return deletion.kind === 'session' ? { session: deletion.sessionId } : { flow: deletion.flowId }
}

function runsText({ atLeast, isExact }: Count): string {
  return isExact ? counted(atLeast, 'run') : `more than ${counted(atLeast, 'run')}`
}

function deletedText(count: number): string {
  return `${counted(count, 'run')} ${count === 1 ? 'is' : 'are'} deleted.`
}

function titleOf(deletion: Deletion, count: Count | undefined): string {
  const what = count === undefined ? 'all runs' : runsText(count)
  switch (deletion.kind) {
    case 'runs':
      return `Delete ${what}?`
    case 'session':
      return `Delete ${what} of the session “${deletion.sessionId}”?`
    case 'flow':
      return `Delete ${what} of “${deletion.name}”?`
  }
}
