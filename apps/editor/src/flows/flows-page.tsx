import { FileInput, Plus, Search, SearchX, ServerCrash, Workflow } from 'lucide-react'
import { lazy, Suspense, useEffect, useState, type DragEvent } from 'react'
import { useConnectivity } from '../api/connectivity.ts'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { designerPath, navigate } from '../app/router.ts'
import { connectionCommands } from '../connections/connection-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { createWithFreeId } from './create-with-free-id.ts'
import { attempt, deleteWithUndo, duplicateFlow, exportStoredFlow } from './flow-actions.ts'
import { FlowCard } from './flow-card.tsx'
import { flowListCommands, useFlowList } from './flow-list.ts'
import styles from './flows-page.module.css'
import { textOfDrop } from './text-of-drop.ts'
import { NewFlowDialog } from './new-flow-dialog.tsx'

// It reads documents whole, which the list does not need.
const ImportDialog = lazy(async () => ({
  default: (await import('./import-dialog.tsx')).ImportDialog,
}))

type Open =
  | { readonly dialog: 'none' | 'new' }
  | { readonly dialog: 'import'; readonly text?: string }

/** The start page: all flows of the server. */
export function FlowsPage() {
  const { status, flows, error } = useFlowList()
  const isOnline = useConnectivity((state) => state.isOnline)
  const [open, setOpen] = useState<Open>({ dialog: 'none' })
  const [query, setQuery] = useState('')
  const [isOver, setIsOver] = useState(false)
  const [now] = useState(() => new Date())

  useEffect(() => {
    if (!isOnline) return
    void flowListCommands.load()
    void connectionCommands.load()
  }, [isOnline])

  useEffect(() => {
    function paste(event: ClipboardEvent): void {
      if (isField(event.target)) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text.trimStart().startsWith('{')) setOpen({ dialog: 'import', text })
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [])

  function drop(event: DragEvent): void {
    event.preventDefault()
    setIsOver(false)
    void textOfDrop(event.dataTransfer).then((text) => setOpen({ dialog: 'import', text }))
  }

  const wanted = query.trim().toLowerCase()
  const shown = flows.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted))

  return (
    <div
      className={styles.page}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setIsOver(false)
      }}
      onDrop={drop}
    >
      <title>Flows · Millrace</title>
      <PageHeader current="flows" />
      <OfflineBanner>This page fills by itself when it is back.</OfflineBanner>
      <main className={styles.main}>
        <div className={styles.head}>
          <h1>Flows</h1>
          <div className={styles.search}>
            <Search size={14} aria-hidden />
            <TextField
              type="search"
              aria-label="Search flows"
              placeholder="Search"
              value={query}
              onChange={setQuery}
            />
          </div>
          <Button
            icon={<FileInput size={16} aria-hidden />}
            onClick={() => setOpen({ dialog: 'import' })}
          >
            Import
          </Button>
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setOpen({ dialog: 'new' })}
          >
            New flow
          </Button>
        </div>
        {status === 'loading' && (
          <p className={styles.loading} role="status">
            <Spinner /> Loading flows…
          </p>
        )}
        {status === 'failed' && flows.length === 0 && (
          <EmptyState
            size="page"
            icon={<ServerCrash size={24} aria-hidden />}
            title="The flows could not be read"
            actions={<Button onClick={() => void flowListCommands.load()}>Try again</Button>}
          >
            {error?.message}
          </EmptyState>
        )}
        {status === 'ready' && flows.length === 0 && (
          <EmptyState
            size="page"
            icon={<Workflow size={24} aria-hidden />}
            title="Draw your first flow"
            actions={
              <>
                <Button onClick={() => setOpen({ dialog: 'import' })}>Import one</Button>
                <Button variant="primary" onClick={() => setOpen({ dialog: 'new' })}>
                  New flow
                </Button>
              </>
            }
          >
            A flow is the backend of a chat: what happens between a question and its answer. Start
            from a template that runs, or drop a flow file anywhere on this page.
          </EmptyState>
        )}
        {flows.length > 0 && shown.length === 0 && (
          <EmptyState
            icon={<SearchX size={20} aria-hidden />}
            title={`No flow is called “${query.trim()}”`}
            actions={<Button onClick={() => setQuery('')}>Show all flows</Button>}
          />
        )}
        <ul className={styles.grid}>
          {shown.map((summary) => (
            <FlowCard
              key={summary.id}
              summary={summary}
              now={now}
              onDuplicate={() => void attempt(() => duplicateFlow(summary.id))}
              onExport={() => void attempt(() => exportStoredFlow(summary.id))}
              onDelete={() => void attempt(() => deleteWithUndo(summary))}
            />
          ))}
        </ul>
      </main>
      {open.dialog === 'new' && <NewFlowDialog onClose={() => setOpen({ dialog: 'none' })} />}
      {open.dialog === 'import' && (
        <Suspense>
          <ImportDialog
            text={open.text}
            onClose={() => setOpen({ dialog: 'none' })}
            onCreate={(flow) =>
              attempt(async () => navigate(designerPath((await createWithFreeId(flow)).id)))
            }
          />
        </Suspense>
      )}
    </div>
  )
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea') !== null
}
