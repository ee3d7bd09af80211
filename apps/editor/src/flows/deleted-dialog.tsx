import { ArchiveRestore, ServerCrash, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { listDeletedFlows, type FlowSummary } from '../api/flow-list-api.ts'
import { designerPath, navigate } from '../app/router.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { sinceWhen } from '../ui/since-when.ts'
import { Spinner } from '../ui/spinner.tsx'
import styles from './deleted-dialog.module.css'
import { attempt } from './flow-actions.ts'
import { flowListCommands } from './flow-list.ts'
import { toast } from '../ui/toast.ts'

type Deleted =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly flows: readonly FlowSummary[] }
  | { readonly status: 'failed'; readonly error: ApiError }

/** The flows that were deleted, each of which can come back. */
export function DeletedDialog({ onClose }: { readonly onClose: () => void }) {
  const [deleted, setDeleted] = useState<Deleted>({ status: 'loading' })
  const [now] = useState(() => new Date())
  const [round, setRound] = useState(0)
  const [restoredIds, setRestoredIds] = useState<ReadonlySet<string>>(new Set())

  useEffect(() => {
    const leaving = new AbortController()
    listDeletedFlows(leaving.signal).then(
      (flows) => setDeleted({ status: 'ready', flows }),
      (thrown: unknown) => {
        if (!leaving.signal.aborted) setDeleted({ status: 'failed', error: toApiError(thrown) })
      },
    )
    return () => leaving.abort()
  }, [round])

  async function restore({ id, name }: FlowSummary): Promise<void> {
    await flowListCommands.restore([id])
    toast.success(`“${name}” is back.`)
    setRestoredIds((ids) => new Set(ids).add(id))
  }

  async function restoreOrOpen(flow: FlowSummary): Promise<void> {
    if (!restoredIds.has(flow.id)) return restore(flow)
    onClose()
    navigate(designerPath(flow.id))
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Recently deleted"
      description="A flow comes back as it was, with its versions and its tests."
      footer={<Button onClick={onClose}>Done</Button>}
    >
      {deleted.status === 'loading' && (
        <p className={styles.loading} role="status">
          <Spinner /> Loading deleted flows…
        </p>
      )}
      {deleted.status === 'failed' && (
        <EmptyState
          icon={<ServerCrash size={20} aria-hidden />}
          title="The deleted flows could not be read"
          actions={<Button onClick={() => setRound(round + 1)}>Try again</Button>}
        >
          {deleted.error.message}
        </EmptyState>
      )}
      {deleted.status === 'ready' && deleted.flows.length === 0 && (
        <EmptyState icon={<Trash2 size={20} aria-hidden />} title="No flow was deleted" />
      )}
      {deleted.status === 'ready' && (
        <ul className={styles.list}>
          {deleted.flows.map((flow) => (
            <li key={flow.id}>
              <div className={styles.body}>
                <strong>{flow.name}</strong>
                <span>
                  {[
                    counted(flow.nodeCount, 'node'),
                    `deleted ${sinceWhen(flow.deletedAt ?? flow.updatedAt, now)}`,
                  ].join(' · ')}
                </span>
              </div>
              {/* One button, so that the focus stays where it was. */}
              <Button
                size="small"
                icon={
                  restoredIds.has(flow.id) ? undefined : <ArchiveRestore size={14} aria-hidden />
                }
                aria-label={`${restoredIds.has(flow.id) ? 'Open' : 'Restore'} ${flow.name}`}
                onClick={() => void attempt(() => restoreOrOpen(flow))}
              >
                {restoredIds.has(flow.id) ? 'Open' : 'Restore'}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
