import { ServerCrash } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { useConnectivity } from '../api/connectivity.ts'
import { loadRegistry } from '../registry.ts'
import { LazySessionDialog, LazySignInPage } from '../sign-in/lazy-sign-in.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import styles from './app.module.css'
import { Loading } from './loading.tsx'

type Readiness =
  | { readonly status: 'loading' }
  | { readonly status: 'ready' }
  | { readonly status: 'failed'; readonly error: ApiError }

const useReadiness = create<Readiness>()(() => ({ status: 'loading' }))

/** Asks for the definitions; at the start, and again when a server that was gone is back. */
async function prepare(): Promise<void> {
  useReadiness.setState({ status: 'loading' })
  try {
    await loadRegistry()
    useReadiness.setState({ status: 'ready' })
  } catch (thrown) {
    useReadiness.setState({ status: 'failed', error: toApiError(thrown) })
  }
}

/** Shows the editor once it knows what flows of this server can be made of. */
export function RegistryGate({ children }: { readonly children: ReactNode }) {
  const readiness = useReadiness()
  const isOnline = useConnectivity((state) => state.isOnline)
  useEffect(() => {
    if (isOnline && useReadiness.getState().status !== 'ready') void prepare()
  }, [isOnline])

  switch (readiness.status) {
    case 'ready':
      return (
        <>
          {children}
          <LazySessionDialog />
        </>
      )
    case 'loading':
      return <Loading />
    case 'failed':
      if (readiness.error.code === 'unauthorized') {
        return <LazySignInPage onSignedIn={() => void prepare()} />
      }
      return (
        <main className={styles.centre}>
          <title>Millrace</title>
          <EmptyState
            size="page"
            icon={<ServerCrash size={24} aria-hidden />}
            title={
              readiness.error.code === 'offline'
                ? 'The server does not answer'
                : 'The editor cannot start'
            }
            actions={
              <Button variant="primary" onClick={() => void prepare()}>
                Try again
              </Button>
            }
          >
            {readiness.error.code === 'offline'
              ? 'Start Millrace, or look at the connection to it. This page goes on by itself when it answers.'
              : readiness.error.message}
          </EmptyState>
        </main>
      )
  }
}
