import { Cable, Coins, Plus, SearchX, ServerCrash } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import type { StoredConnection } from '../api/connections-api.ts'
import { useConnectivity } from '../api/connectivity.ts'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { LazyPricesDialog } from '../prices/lazy-prices-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { ConnectionDialog } from './connection-dialog.tsx'
import { factsOf } from './connection-facts.ts'
import { ConnectionRow } from './connection-row.tsx'
import { connectionCommands, useConnections } from './connection-store.ts'
import page from '../app/page.module.css'
import styles from './connections-page.module.css'
import { DeleteConnectionDialog } from './delete-connection-dialog.tsx'
import { useFreshConnections } from './use-fresh-connections.ts'
import { toast } from '../ui/toast.ts'

type Open =
  | { readonly dialog: 'none' }
  | { readonly dialog: 'new' | 'prices' }
  | { readonly dialog: 'edit' | 'delete'; readonly connection: StoredConnection }

/** All connections of the server. */
export function ConnectionsPage() {
  const { status, connections, error } = useConnections()
  const isOnline = useConnectivity((state) => state.isOnline)
  const [open, setOpen] = useState<Open>({ dialog: 'none' })
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (!isOnline) return
    void connectionCommands.load()
    void connectionCommands.loadUses()
  }, [isOnline])
  useFreshConnections()
  const close = () => setOpen({ dialog: 'none' })
  const shown = connections.filter((connection) => isFound(connection, query))

  return (
    <div className={`${page.page} ${styles.page}`}>
      <title>Connections · Millrace</title>
      <PageHeader current="connections" />
      <OfflineBanner>This page fills by itself when it is back.</OfflineBanner>
      <main className={page.main}>
        <div className={`${page.head} ${styles.head}`}>
          <div>
            <h1>Connections</h1>
            <p>
              Addresses and keys that nodes use. Keys are stored encrypted on the server and never
              shown again.
            </p>
          </div>
          {connections.length >= manyConnections && (
            <SearchBox
              label="Search connections"
              className={styles.search}
              value={query}
              onChange={setQuery}
            />
          )}
          <Button
            icon={<Coins size={16} aria-hidden />}
            onClick={() => setOpen({ dialog: 'prices' })}
          >
            Model prices
          </Button>
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
          {shown.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              onEdit={() => setOpen({ dialog: 'edit', connection })}
              onDuplicate={() => void duplicate(connection)}
              onDelete={() => setOpen({ dialog: 'delete', connection })}
            />
          ))}
        </ul>
        {connections.length > 0 && shown.length === 0 && (
          <EmptyState
            icon={<SearchX size={20} aria-hidden />}
            title="No connection is found"
            actions={<Button onClick={() => setQuery('')}>Show all</Button>}
          >
            Neither a name, an address nor a kind holds “{query.trim()}”.
          </EmptyState>
        )}
        {status === 'ready' && connections.every(({ isBuiltIn }) => isBuiltIn) && (
          <div className={styles.hint}>
            <EmptyState
              icon={<Cable size={20} aria-hidden />}
              title="Connect a real model or database"
              actions={<Button onClick={() => setOpen({ dialog: 'new' })}>New connection</Button>}
            >
              OpenAI with a key, a server on your machine such as Ollama, vLLM or LM Studio without
              one, or your own PostgreSQL or SQL Server.
            </EmptyState>
          </div>
        )}
      </main>
      {open.dialog === 'new' && <ConnectionDialog onClose={close} />}
      {open.dialog === 'prices' && <LazyPricesDialog onClose={close} />}
      {open.dialog === 'edit' && <ConnectionDialog connection={open.connection} onClose={close} />}
      {open.dialog === 'delete' && (
        <DeleteConnectionDialog connection={open.connection} onClose={close} />
      )}
    </div>
  )
}

/** From so many on there is something to search. */
const manyConnections = 6

function isFound(connection: StoredConnection, query: string): boolean {
  const text = [connection.name, ...factsOf(connection)].join('\n').toLowerCase()
  return text.includes(query.trim().toLowerCase())
}

async function duplicate(connection: StoredConnection): Promise<void> {
  try {
    const copy = await connectionCommands.duplicate(connection.id)
    toast.success(`“${copy.name}” is ready.`)
  } catch (thrown) {
    toast.error(toApiError(thrown).message)
  }
}
