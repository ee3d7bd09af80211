import { KeyRound, Plus, ServerCrash } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ApiKey } from '../api/keys-api.ts'
import { useConnectivity } from '../api/connectivity.ts'
import { useSession } from '../api/session-state.ts'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import page from '../app/page.module.css'
import { keyCommands, useKeyList } from './key-list.ts'
import { KeyRow } from './key-row.tsx'
import styles from './keys-page.module.css'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'

type Open =
  | { readonly dialog: 'none' | 'new' }
  | { readonly dialog: 'revoke'; readonly apiKey: ApiKey }

/** The keys by which programs call the server. */
export function KeysPage() {
  const { status, keys, error } = useKeyList()
  const isOnline = useConnectivity((state) => state.isOnline)
  const isSignedOut = useSession((state) => state.isSignedOut)
  const [open, setOpen] = useState<Open>({ dialog: 'none' })
  useEffect(() => {
    if (isOnline && !isSignedOut) void keyCommands.load()
  }, [isOnline, isSignedOut])
  const close = () => setOpen({ dialog: 'none' })
  const inForce = keys.filter(({ revokedAt }) => revokedAt === null)
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null)
  const newKey = (
    <Button
      variant="primary"
      icon={<Plus size={16} aria-hidden />}
      onClick={() => setOpen({ dialog: 'new' })}
    >
      New API key
    </Button>
  )

  return (
    <div className={`${page.page} ${styles.page}`}>
      <title>API keys · Millrace</title>
      <PageHeader current="keys" />
      <OfflineBanner>This page fills by itself when it is back.</OfflineBanner>
      <main className={page.main}>
        <div className={`${page.head} ${styles.head}`}>
          <div>
            <h1>API keys</h1>
            <p>
              Programs call flows with a key. It is shown once, when it is made; the server keeps
              only its hash.
            </p>
          </div>
          {keys.length > 0 && newKey}
        </div>
        {status === 'loading' && (
          <p className={styles.loading} role="status">
            <Spinner /> Loading API keys…
          </p>
        )}
        {status === 'failed' && (
          <EmptyState
            size="page"
            icon={<ServerCrash size={24} aria-hidden />}
            title="The API keys could not be read"
            actions={<Button onClick={() => void keyCommands.load()}>Try again</Button>}
          >
            {error?.message}
          </EmptyState>
        )}
        {status === 'ready' && keys.length === 0 && (
          <div className={styles.hint}>
            <EmptyState
              icon={<KeyRound size={20} aria-hidden />}
              title="No API key yet"
              actions={newKey}
            >
              A server that only this machine reaches runs flows for whoever asks, as long as it has
              no key. With the first key, every program needs one; this editor does not.
            </EmptyState>
          </div>
        )}
        <ul className={styles.list} aria-label="API keys">
          {inForce.map((apiKey) => (
            <KeyRow
              key={apiKey.id}
              apiKey={apiKey}
              onRevoke={() => setOpen({ dialog: 'revoke', apiKey })}
            />
          ))}
        </ul>
        {revoked.length > 0 && (
          <details className={styles.revoked}>
            <summary>
              {revoked.length === 1 ? '1 revoked key' : `${revoked.length} revoked keys`}
            </summary>
            <ul className={styles.list} aria-label="Revoked API keys">
              {revoked.map((apiKey) => (
                <KeyRow key={apiKey.id} apiKey={apiKey} />
              ))}
            </ul>
          </details>
        )}
      </main>
      {open.dialog === 'new' && <NewKeyDialog onClose={close} />}
      {open.dialog === 'revoke' && <RevokeKeyDialog apiKey={open.apiKey} onClose={close} />}
    </div>
  )
}
