import { ServerCrash } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useConnectivity } from '../api/connectivity.ts'
import {
  connectionCommands,
  useConnections,
  type ConnectionsState,
} from '../connections/connection-store.ts'
import { tellOfLostConnections } from '../connections/tell-of-lost-connections.ts'
import { useFreshConnections } from '../connections/use-fresh-connections.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { LazyApiPage } from '../api-page/lazy-api-page.tsx'
import { LazyPublishDialog } from '../publish/lazy-publish-dialog.tsx'
import { runCommands } from '../run/run-store.ts'
import { useRunNotice } from '../run/use-run-notice.ts'
import { LazyConflictDialog } from '../saving/lazy-conflict-dialog.tsx'
import { LazyShareDialog } from '../share/lazy-share-dialog.tsx'
import { useSaving } from '../saving/saving.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import styles from './designer-page.module.css'
import { DesignerShell } from './designer-shell.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { openFlow, type OpenedFlow } from './open-flow.ts'
import { PageHeader } from './page-header.tsx'
import { navigate } from './router.ts'
import { LazyVersionsPage } from '../versions/lazy-versions-page.tsx'
import { useServerWatch } from './use-server-watch.ts'
import { toast } from '../ui/toast.ts'

interface DesignerPageProps {
  readonly flowId: string
  /** Opens the chat and asks the example's first question. */
  readonly isExampleRun?: boolean
  /** The run that is shown on the canvas, by the address. */
  readonly runId?: string | undefined
  /** The run that it is compared with. */
  readonly comparedId?: string | undefined
  /** What is shown of the open flow: its canvas, what it was, or how programs call it. */
  readonly view?: 'canvas' | 'versions' | 'api'
}

const GoneFlowActions = lazy(async () => ({
  default: (await import('./gone-flow-actions.tsx')).GoneFlowActions,
}))
const UnopenedFlow = lazy(async () => ({
  default: (await import('./unopened-flow.tsx')).UnopenedFlow,
}))

/** Opens one flow and shows its designer, or why it cannot be opened. */
export function DesignerPage(props: DesignerPageProps) {
  const { flowId, isExampleRun = false, runId, comparedId, view = 'canvas' } = props
  const [opened, setOpened] = useState<OpenedFlow | { readonly status: 'opening' }>({
    status: 'opening',
  })
  const [attempt, setAttempt] = useState(0)
  const openedWith = useRef(runId)
  const isOnline = useConnectivity((state) => state.isOnline)

  useEffect(() => {
    const leaving = new AbortController()
    openFlow({ flowId, runId: openedWith.current }, leaving.signal).then(
      (result) => {
        setOpened(result)
        if (result.status === 'open' && result.isDraft) tellOfDraft()
      },
      (thrown: unknown) => {
        if (!leaving.signal.aborted) throw thrown
      },
    )
    void connectionCommands.load()
    return () => leaving.abort()
  }, [flowId, attempt])

  useEffect(() => runCommands.reset, [])
  useEffect(checkAgainstConnections, [])
  useEffect(tellOfLostConnections, [])
  useFreshConnections()

  const isWaitingForServer = opened.status === 'failed' && opened.error.code === 'offline'
  useEffect(() => {
    if (isWaitingForServer && isOnline) setAttempt((count) => count + 1)
  }, [isWaitingForServer, isOnline])

  if (opened.status === 'open') return <OpenFlow {...{ isExampleRun, runId, comparedId, view }} />
  const retry = () => setAttempt(attempt + 1)
  if (opened.status === 'ran' && runId !== undefined) {
    return <RunOfGoneFlow {...{ opened, runId, comparedId }} onBack={retry} />
  }
  return (
    <div className={styles.page}>
      <PageHeader current="flows" />
      <main className={styles.centre} aria-busy={opened.status === 'opening'}>
        <NotOpen
          opened={opened.status === 'ran' ? opened.gone : opened}
          flowId={flowId}
          onRetry={retry}
        />
      </main>
    </div>
  )
}

type OpenFlowProps = Required<
  Pick<DesignerPageProps, 'isExampleRun' | 'runId' | 'comparedId' | 'view'>
>

/** The open flow, saved for as long as it is open, whatever is shown of it. */
function OpenFlow({ isExampleRun, runId, comparedId, view }: OpenFlowProps) {
  useSaving()
  useServerWatch()
  useRunNotice()
  const lastView = useRef(view)
  useEffect(() => {
    // Where the way to the other views began.
    if (view === 'canvas' && lastView.current !== view)
      document.getElementById('flow-menu')?.focus()
    lastView.current = view
  }, [view])
  return (
    <>
      {view === 'canvas' && <DesignerShell {...{ isExampleRun, runId, comparedId }} />}
      {view !== 'canvas' && (
        <ErrorBoundary key={view} name="This page">
          {view === 'api' ? <LazyApiPage /> : <LazyVersionsPage />}
        </ErrorBoundary>
      )}
      <LazyConflictDialog />
      <LazyPublishDialog />
      <LazyShareDialog />
    </>
  )
}

interface RunOfGoneFlowProps extends Pick<OpenFlowProps, 'comparedId'> {
  readonly opened: Extract<OpenedFlow, { status: 'ran' }>
  readonly runId: string
  /** The flow is there again. */
  readonly onBack: () => void
}

/** A run whose flow is gone, on what it ran. Nothing of it is saved. */
function RunOfGoneFlow({ opened, runId, comparedId, onBack }: RunOfGoneFlowProps) {
  const gone = { ran: opened.ran, actions: <GoneFlowActions {...opened} onBack={onBack} /> }
  return <DesignerShell isExampleRun={false} {...{ runId, comparedId, gone }} />
}

interface NotOpenProps {
  readonly opened: Exclude<OpenedFlow, { status: 'open' | 'ran' }> | { readonly status: 'opening' }
  readonly flowId: string
  readonly onRetry: () => void
}

/** What the server's answer tells is fetched from it; what is shown without an answer is here. */
function NotOpen({ opened, flowId, onRetry }: NotOpenProps) {
  switch (opened.status) {
    case 'opening':
      return (
        <div role="status">
          <h1 className={styles.opening}>
            <Spinner /> Opening the flow…
          </h1>
        </div>
      )
    case 'failed':
      return (
        <EmptyState
          size="page"
          icon={<ServerCrash size={24} aria-hidden />}
          title={opened.error.code === 'offline' ? 'The server is gone' : 'The flow did not open'}
          actions={
            <>
              <Button onClick={() => navigate('/')}>Back to Flows</Button>
              <Button variant="primary" onClick={onRetry}>
                Try again
              </Button>
            </>
          }
        >
          {opened.error.code === 'offline'
            ? 'The Millrace server does not answer. The flow opens by itself when it is back.'
            : opened.error.message}
        </EmptyState>
      )
    default:
      return (
        <Suspense>
          <UnopenedFlow opened={opened} flowId={flowId} onRetry={onRetry} />
        </Suspense>
      )
  }
}

function tellOfDraft(): void {
  const { savedFlow } = useDocument.getState()
  // It may be saved, edited further or left when the designer answers.
  function discard(): void {
    documentCommands.edit('Discard unsaved changes', (flow) =>
      flow.id === savedFlow.id ? savedFlow : flow,
    )
  }
  toast.info('Your unsaved changes from last time are back.', {
    duration: 10_000,
    action: { label: 'Discard them', onClick: discard },
  })
}

/** Keeps the open document checked against the connections that the server has. */
function checkAgainstConnections(): () => void {
  function put({ status, connections }: ConnectionsState): void {
    if (status !== 'ready') return
    documentCommands.setConnections(new Map(connections.map(({ id, kind }) => [id, { kind }])))
  }
  put(useConnections.getState())
  return useConnections.subscribe(put)
}
