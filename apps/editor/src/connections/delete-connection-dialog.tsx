import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import {
  readConnectionUses,
  type ConnectionUses as Uses,
  type StoredConnection,
} from '../api/connections-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { connectionCommands } from './connection-store.ts'
import { ConnectionUses } from './connection-uses.tsx'
import styles from './delete-connection-dialog.module.css'
import { toast } from '../ui/toast.ts'

interface DeleteConnectionDialogProps {
  readonly connection: StoredConnection
  readonly onClose: () => void
}

/** Asks before a connection is deleted, and shows what uses it. */
export function DeleteConnectionDialog({ connection, onClose }: DeleteConnectionDialogProps) {
  const uses = useUses(connection.id)
  const [isBusy, setIsBusy] = useState(false)

  async function remove(): Promise<void> {
    setIsBusy(true)
    try {
      await connectionCommands.remove(connection.id)
      void connectionCommands.loadUses()
      toast.success(`“${connection.name}” is deleted.`)
      onClose()
    } catch (thrown) {
      toast.error(toApiError(thrown).message)
      setIsBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      size="small"
      onClose={onClose}
      title={`Delete “${connection.name}”?`}
      description="Its secrets are deleted with it, so this cannot be undone: to have it back, they must be entered again."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            isBusy={isBusy}
            disabled={uses === 'asking'}
            onClick={() => void remove()}
          >
            Delete
          </Button>
        </>
      }
    >
      <UsesText id={connection.id} uses={uses} />
    </Dialog>
  )
}

type AskedUses = Uses | 'asking' | 'unknown'

/** Asked anew, since somebody may lose work by what is not known. */
function useUses(id: string): AskedUses {
  const [uses, setUses] = useState<AskedUses>('asking')
  useEffect(() => {
    let isCurrent = true
    readConnectionUses(id).then(
      (found) => isCurrent && setUses(found),
      () => isCurrent && setUses('unknown'),
    )
    return () => {
      isCurrent = false
    }
  }, [id])
  return uses
}

function UsesText({ id, uses }: { readonly id: string; readonly uses: AskedUses }) {
  if (uses === 'asking') {
    return (
      <p className={styles.text} role="status">
        <Spinner size={14} /> Looking for flows that use it…
      </p>
    )
  }
  if (uses === 'unknown') {
    return (
      <p className={styles.warning} role="alert">
        <TriangleAlert size={14} aria-hidden />
        Whether flows use it could not be found out.
      </p>
    )
  }
  const flows = uses.byConnection.get(id) ?? []
  return (
    <div className={styles.uses}>
      {flows.length === 0 ? (
        <p className={styles.text}>No flow uses it.</p>
      ) : (
        <>
          <p className={styles.warning}>
            <TriangleAlert size={14} aria-hidden />
            {flows.length === 1
              ? 'This flow uses it, and cannot run until another connection is chosen in it:'
              : `These ${flows.length} flows use it, and cannot run until another connection is chosen in them:`}
          </p>
          <ConnectionUses flows={flows} />
        </>
      )}
      {uses.unreadFlows.length > 0 && (
        <p className={styles.text}>
          Not looked into, because this Millrace cannot read them: {uses.unreadFlows.join(', ')}.
        </p>
      )}
    </div>
  )
}
