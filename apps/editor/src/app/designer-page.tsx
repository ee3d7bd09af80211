import { FileQuestion, FileWarning, History, ServerCrash, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useConnectivity } from '../api/connectivity.ts'
import { restoreFlow } from '../api/flows-api.ts'
import {
  connectionCommands,
  useConnections,
  type ConnectionsState,
} from '../connections/connection-store.ts'
import { tellOfLostConnections } from '../connections/tell-of-lost-connections.ts'
import { useFreshConnections } from '../connections/use-fresh-connections.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { downloadText } from '../flows/download.ts'
import { attempt as doOrTell } from '../flows/flow-actions.ts'
import { LazyApiPage } from '../api-page/lazy-api-page.tsx'
import { LazyPublishDialog } from '../publish/lazy-publish-dialog.tsx'
import { runCommands } from '../run/run-store.ts'
import { useRunNotice } from '../run/use-run-notice.ts'
import { LazyConflictDialog } from '../saving/lazy-conflict-dialog.tsx'
import { LazyShareDialog } from '../share/lazy-share-dialog.tsx'
import { useSaving } from '../saving/saving.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { sinceWhen } from '../ui/since-when.ts'
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

/** Opens one flow and shows its designer, or why it cannot be opened. */
export function DesignerPage(props: DesignerPageProps) {
  const { flowId, isExampleRun = false, runId, comparedId, view = 'canvas' } = props
  const [opened, setOpened] = useState<OpenedFlow | { readonly status: 'opening' }>({
    status: 'opening',
  })
  const [attempt, setAttempt] = useState(0)
  const isOnline = useConnectivity((state) => state.isOnline)

  useEffect(() => {
    const leaving = new AbortController()
    openFlow(flowId, leaving.signal).then(
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
  return (
    <div className={styles.page}>
      <PageHeader current="flows" />
      <main className={styles.centre} aria-busy={opened.status === 'opening'}>
        <NotOpen opened={opened} flowId={flowId} onRetry={() => setAttempt(attempt + 1)} />
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

interface NotOpenProps {
  readonly opened: Exclude<OpenedFlow, { status: 'open' }> | { readonly status: 'opening' }
  readonly flowId: string
  readonly onRetry: () => void
}

function NotOpen({ opened, flowId, onRetry }: NotOpenProps) {
  const back = (
    <Button key="back" onClick={() => navigate('/')}>
      Back to Flows
    </Button>
  )
  switch (opened.status) {
    case 'opening':
      return (
        <div role="status">
          <h1 className={styles.opening}>
            <Spinner /> Opening the flow…
          </h1>
        </div>
      )
    case 'missing':
      return (
        <EmptyState
          size="page"
          icon={<FileQuestion size={24} aria-hidden />}
          title="This flow does not exist"
          actions={back}
        >
          The server has no flow with the id “{flowId}”. It may have been deleted, or the address
          may be mistyped.
        </EmptyState>
      )
    case 'deleted':
      return (
        <EmptyState
          size="page"
          icon={<Trash2 size={24} aria-hidden />}
          title={`“${opened.name}” was deleted ${sinceWhen(opened.deletedAt, new Date())}`}
          actions={
            <>
              {back}
              <Button
                variant="primary"
                onClick={() =>
                  void doOrTell(async () => {
                    await restoreFlow(flowId)
                    onRetry()
                  })
                }
              >
                Bring it back
              </Button>
            </>
          }
        >
          Its versions and its tests are kept, and come back with it.
        </EmptyState>
      )
    case 'newer':
      return (
        <EmptyState
          size="page"
          icon={<History size={24} aria-hidden />}
          title="Made with a newer Millrace"
          actions={
            <>
              {back}
              <Button
                variant="primary"
                onClick={() =>
                  downloadText(`${flowId}.flow.json`, JSON.stringify(opened.document, null, 2))
                }
              >
                Download it
              </Button>
            </>
          }
        >
          “{nameOf(opened.document['name'], flowId)}” is written in version {opened.version} of the
          flow format, which this editor does not know. It is kept exactly as it is. Update Millrace
          to open it.
        </EmptyState>
      )
    case 'malformed':
      return (
        <EmptyState
          size="page"
          icon={<FileWarning size={24} aria-hidden />}
          title="This flow cannot be read"
          actions={
            <>
              {back}
              <Button
                variant="primary"
                onClick={() => downloadText(`${flowId}.flow.json`, opened.text)}
              >
                Download it
              </Button>
            </>
          }
        >
          <ul className={styles.problems}>
            {opened.problems.slice(0, 12).map((problem) => (
              <li key={problem.message}>{problem.message}</li>
            ))}
          </ul>
        </EmptyState>
      )
    case 'failed':
      return (
        <EmptyState
          size="page"
          icon={<ServerCrash size={24} aria-hidden />}
          title={opened.error.code === 'offline' ? 'The server is gone' : 'The flow did not open'}
          actions={
            <>
              {back}
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
  }
}

function nameOf(name: unknown, otherwise: string): string {
  return typeof name === 'string' ? name : otherwise
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
