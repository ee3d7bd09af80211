import { registry } from '@millrace/nodes'
import { Activity, Cable, FlaskConical, Pencil, Plus, ServerCrash, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from 'sonner'
import { toApiError } from '../api/api-error.ts'
import type { StoredConnection } from '../api/connections-api.ts'
import { useConnectivity } from '../api/connectivity.ts'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { ConnectionDialog } from './connection-dialog.tsx'
import { ConnectionStatus } from './connection-status.tsx'
import { connectionCommands, useConnections } from './connection-store.ts'
import styles from './connections-page.module.css'
import { TestResult } from './test-result.tsx'

type Open =
  | { readonly dialog: 'none' }
  | { readonly dialog: 'new' }
  | { readonly dialog: 'edit' | 'delete'; readonly connection: StoredConnection }

/** All connections of the server. */
export function ConnectionsPage() {
  const { status, connections, error } = useConnections()
  const isOnline = useConnectivity((state) => state.isOnline)
  const [open, setOpen] = useState<Open>({ dialog: 'none' })
  useEffect(() => {
    if (isOnline) void connectionCommands.load()
  }, [isOnline])
  const close = () => setOpen({ dialog: 'none' })

  return (
    <div className={styles.page}>
      <title>Connections · Millrace</title>
      <PageHeader current="connections" />
      <OfflineBanner>This page fills by itself when it is back.</OfflineBanner>
      <main className={styles.main}>
        <div className={styles.head}>
          <div>
            <h1>Connections</h1>
            <p>
              Addresses and keys that nodes use. Keys are stored encrypted on the server and never
              shown again.
            </p>
          </div>
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setOpen({ dialog: 'new' })}
          >
            New connection
          </Button>
        </div>
        {status === 'loading' && (
          <p className={styles.loading} role="status">
            <Spinner /> Loading connections…
          </p>
        )}
        {status === 'failed' && connections.length === 0 && (
          <EmptyState
            size="page"
            icon={<ServerCrash size={24} aria-hidden />}
            title="The connections could not be read"
            actions={<Button onClick={() => void connectionCommands.load()}>Try again</Button>}
          >
            {error?.message}
          </EmptyState>
        )}
        <ul className={styles.list}>
          {connections.map((connection) => (
            <Row
              key={connection.id}
              connection={connection}
              onEdit={() => setOpen({ dialog: 'edit', connection })}
              onDelete={() => setOpen({ dialog: 'delete', connection })}
            />
          ))}
        </ul>
        {status === 'ready' && connections.every(({ isBuiltIn }) => isBuiltIn) && (
          <div className={styles.hint}>
            <EmptyState
              icon={<Cable size={20} aria-hidden />}
              title="Connect a real model"
              actions={<Button onClick={() => setOpen({ dialog: 'new' })}>New connection</Button>}
            >
              OpenAI with a key, or a server on your machine such as Ollama, vLLM or LM Studio
              without one.
            </EmptyState>
          </div>
        )}
      </main>
      {open.dialog === 'new' && <ConnectionDialog onClose={close} />}
      {open.dialog === 'edit' && <ConnectionDialog connection={open.connection} onClose={close} />}
      {open.dialog === 'delete' && <DeleteDialog connection={open.connection} onClose={close} />}
    </div>
  )
}

interface RowProps {
  readonly connection: StoredConnection
  readonly onEdit: () => void
  readonly onDelete: () => void
}

function Row({ connection, onEdit, onDelete }: RowProps) {
  const test = useConnections((state) => state.tests.get(connection.id))
  const definition = registry.connections.get(connection.kind)
  const address = connection.fields['baseUrl']
  return (
    <li className={styles.row}>
      <div className={styles.icon} data-demo={connection.isBuiltIn || undefined}>
        {connection.isBuiltIn ? (
          <FlaskConical size={18} aria-hidden />
        ) : (
          <Cable size={18} aria-hidden />
        )}
      </div>
      <div className={styles.text}>
        <h2>
          {connection.name} <ConnectionStatus connection={connection} />
        </h2>
        <p>
          {connection.isBuiltIn
            ? definition?.description
            : [definition?.title ?? connection.kind, address, connection.id]
                .filter((part) => typeof part === 'string')
                .join(' · ')}
        </p>
        {connection.isLocked && (
          <p className={styles.locked}>
            Its secrets were stored under another key and cannot be read. Edit it and enter them
            again, or start the server with the key they were stored with.
          </p>
        )}
        {test !== undefined && <TestResult test={test} />}
      </div>
      <div className={styles.actions}>
        <Button
          size="small"
          icon={<Activity size={14} aria-hidden />}
          disabled={test?.status === 'testing'}
          aria-label={`Test ${connection.name}`}
          onClick={() => void connectionCommands.test(connection.id)}
        >
          Test
        </Button>
        {!connection.isBuiltIn && (
          <>
            <IconButton label={`Edit ${connection.name}`} onClick={onEdit}>
              <Pencil size={15} aria-hidden />
            </IconButton>
            <IconButton label={`Delete ${connection.name}`} onClick={onDelete}>
              <Trash2 size={15} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
    </li>
  )
}

interface DeleteDialogProps {
  readonly connection: StoredConnection
  readonly onClose: () => void
}

function DeleteDialog({ connection, onClose }: DeleteDialogProps) {
  const [isBusy, setIsBusy] = useState(false)

  async function remove(): Promise<void> {
    setIsBusy(true)
    try {
      await connectionCommands.remove(connection.id)
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
      description="Flows that use it stop working until another connection is chosen in them. Its secrets are gone for good."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    />
  )
}
