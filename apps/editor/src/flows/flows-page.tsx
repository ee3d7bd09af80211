import { ArchiveRestore, FileInput, Plus } from 'lucide-react'
import { useEffect, useMemo, useState, type DragEvent } from 'react'
import { useConnectivity } from '../api/connectivity.ts'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { connectionCommands } from '../connections/connection-store.ts'
import { droppedTexts } from '../import/dropped-texts.ts'
import type { ImportText } from '../import/read-import.ts'
import { registry } from '../registry.ts'
import { createFromTemplate } from '../templates/create-from-template.ts'
import { LazyTemplateStrip } from '../templates/lazy-template-strip.tsx'
import { Button } from '../ui/button.tsx'
import { cardKeys } from './card-keys.ts'
import { attempt } from './flow-actions.ts'
import { FlowCard } from './flow-card.tsx'
import { flowListCommands, useFlowList } from './flow-list.ts'
import { FlowsDialogs } from './flows-dialogs.tsx'
import { flowsPageCommands, useFlowsPage } from './flows-page-store.ts'
import page from '../app/page.module.css'
import styles from './flows-page.module.css'
import { FlowsPlaceholder } from './flows-placeholder.tsx'
import { FlowsToolbar } from './flows-toolbar.tsx'
import { FlowsSelectionBar } from './flows-selection-bar.tsx'
import { isNarrowed, shownFlows } from './shown-flows.ts'
import { useGrowing } from './use-growing.ts'

/** A list this short needs no search. */
const fewFlows = 3

/** The start page: all flows of the server. */
export function FlowsPage() {
  const { status, flows, readAt } = useFlowList()
  const { filter, layout, selectedIds } = useFlowsPage()
  const isOnline = useConnectivity((state) => state.isOnline)
  const [isOver, setIsOver] = useState(false)
  const shown = useMemo(() => shownFlows(flows, filter, registry), [flows, filter])
  // What a search hides stays selected, and is left alone.
  const selected = shown.filter(({ id }) => selectedIds.has(id))
  const { count, end } = useGrowing(shown.length)

  useEffect(() => {
    if (!isOnline) return
    void flowListCommands.load()
    void connectionCommands.load()
  }, [isOnline])
  useEffect(importWhatIsPasted, [])

  function drop(event: DragEvent): void {
    event.preventDefault()
    setIsOver(false)
    void droppedTexts(event.dataTransfer).then(openImport)
  }

  return (
    <div className={page.frame}>
      <div
        className={`${page.page} ${styles.page}`}
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
        <main className={page.main}>
          <div className={styles.head}>
            <h1>Flows</h1>
            <Button
              variant="quiet"
              icon={<ArchiveRestore size={16} aria-hidden />}
              onClick={() => flowsPageCommands.open({ kind: 'deleted' })}
            >
              Recently deleted
            </Button>
            <Button
              icon={<FileInput size={16} aria-hidden />}
              onClick={() => flowsPageCommands.open({ kind: 'import', texts: [] })}
            >
              Import
            </Button>
            <Button
              variant="primary"
              icon={<Plus size={16} aria-hidden />}
              onClick={() => flowsPageCommands.open({ kind: 'new' })}
            >
              New flow
            </Button>
          </div>
          {(flows.length > fewFlows || isNarrowed(filter)) && <FlowsToolbar flows={flows} />}
          <FlowsPlaceholder isNothingShown={shown.length === 0} />
          {shown.length > 0 && (
            <ul
              className={styles.list}
              data-layout={layout}
              data-selecting={selected.length > 0 || undefined}
              aria-label="Flows"
              aria-busy={status === 'loading'}
              onKeyDown={cardKeys(shown)}
            >
              {shown.slice(0, count).map((summary) => (
                <FlowCard
                  key={summary.id}
                  summary={summary}
                  isSelected={selectedIds.has(summary.id)}
                  now={readAt}
                />
              ))}
            </ul>
          )}
          {count < shown.length && <div ref={end} />}
          {status === 'ready' && flows.length <= fewFlows && (
            <section className={styles.templates} aria-labelledby="start-from-template">
              <h2 id="start-from-template">Start from a template</h2>
              <LazyTemplateStrip
                onTake={(template) =>
                  attempt(() => createFromTemplate(template, { name: '', then: 'open' }))
                }
              />
            </section>
          )}
        </main>
        <FlowsDialogs />
      </div>
      <FlowsSelectionBar flows={selected} />
    </div>
  )
}

function openImport(texts: readonly ImportText[]): void {
  if (texts.length > 0) flowsPageCommands.open({ kind: 'import', texts })
}

/** Ctrl+V anywhere but in a field imports; what is no JSON and no file is left alone. */
function importWhatIsPasted(): () => void {
  function paste(event: ClipboardEvent): void {
    const data = event.clipboardData
    if (data === null || isInField(event.target) || useFlowsPage.getState().opened) return
    const isFlowLike = /^\s*[[{]/.test(data.getData('text/plain'))
    if (data.files.length > 0 || isFlowLike) void droppedTexts(data).then(openImport)
  }
  window.addEventListener('paste', paste)
  return () => window.removeEventListener('paste', paste)
}

function isInField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea') !== null
}
