import { Bookmark, CloudUpload, CopyPlus, Eye, History, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { ApiError } from '../api/api-error.ts'
import type { Published } from '../api/published.ts'
import type { RevisionSummary } from '../api/revisions-api.ts'
import { BackLink } from '../app/back-link.tsx'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { designerPath, navigate } from '../app/router.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { attempt } from '../flows/flow-actions.ts'
import {
  loadPublications,
  usePublications,
  type PublicationsState,
} from '../publish/publications-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Pill } from '../ui/pill.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { ComparisonPanel } from './comparison-panel.tsx'
import { NameVersionDialog } from './name-version-dialog.tsx'
import { useRevisions } from './use-revisions.ts'
import { useVersionPair, type VersionPair, type WantedPair } from './use-version-pair.ts'
import { versionCommands } from './version-commands.ts'
import { VersionList } from './version-list.tsx'
import { momentOf } from './version-times.ts'
import styles from './versions-page.module.css'

type Against = 'before' | 'now'

const selectFlow = (document: DocumentState) => document.flow

/** What the open flow was: its versions, and one of them on the canvas with what it changed. */
export function VersionsPage() {
  const flow = useDocument(selectFlow)
  const [now] = useState(() => new Date())
  const { revisions, loadMore, retry, replace } = useRevisions(flow.id)
  const [chosen, setChosen] = useState<string | undefined>()
  const [against, setAgainst] = useState<Against>('before')
  const [attempts, setAttempts] = useState(0)
  const [isNaming, setIsNaming] = useState(false)
  const heading = useFocusHere()
  const published = usePublications(selectPublished)
  useEffect(() => void loadPublications(flow.id), [flow.id])

  const all = revisions.status === 'ready' ? revisions.revisions : []
  const version = all.find(({ revision }) => revision === chosen) ?? all[0]
  const isCurrent = version === all[0]
  const older = version === undefined ? undefined : all[all.indexOf(version) + 1]
  // The one before the last that is listed stands at the top of the next page.
  const isAwaitingOlder =
    version !== undefined &&
    older === undefined &&
    revisions.status === 'ready' &&
    revisions.next !== undefined
  useEffect(() => {
    if (isAwaitingOlder) loadMore()
  }, [isAwaitingOlder, loadMore])

  const shownAgainst = isCurrent ? 'before' : against
  const wanted = wantedPair({ flow, version, older, against: shownAgainst })
  const pair = useVersionPair(isAwaitingOlder ? undefined : wanted, attempts)
  const shown =
    pair.status !== 'ready' ? undefined : shownAgainst === 'now' ? pair.before : pair.after
  const moment = version === undefined ? '' : momentOf(version.savedAt, now)

  function leave(): void {
    navigate(designerPath(flow.id))
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // What floats over the page has its own Escape.
    const isHere = event.target instanceof Node && event.currentTarget.contains(event.target)
    if (event.key === 'Escape' && isHere) leave()
  }

  return (
    <div className={styles.page} onKeyDown={onKeyDown} role="presentation">
      <header className={styles.bar}>
        <BackLink href={designerPath(flow.id)}>Back to editing</BackLink>
        <h1 className={styles.title} ref={heading} tabIndex={-1}>
          Versions of “{flow.name}”
        </h1>
        <Pill icon={<Eye size={12} aria-hidden />}>Read only</Pill>
        <span className={styles.actions}>
          <Button
            variant="quiet"
            icon={<Bookmark size={15} aria-hidden />}
            disabled={version === undefined}
            onClick={() => setIsNaming(true)}
          >
            {version?.name === undefined ? 'Name this version' : 'Rename'}
          </Button>
          <Button
            variant="quiet"
            icon={<CopyPlus size={15} aria-hidden />}
            disabled={shown === undefined}
            onClick={() => shown && void attempt(() => versionCommands.copy(shown, moment))}
          >
            Copy as new flow
          </Button>
          <Button
            variant="quiet"
            icon={<CloudUpload size={15} aria-hidden />}
            disabled={version === undefined}
            onClick={() =>
              version &&
              sessionCommands.open({
                kind: 'publish',
                version: { revision: version.revision, moment },
              })
            }
          >
            Publish
          </Button>
          <Button
            variant="primary"
            icon={<Undo2 size={15} aria-hidden />}
            disabled={shown === undefined || isCurrent}
            onClick={() => shown && versionCommands.restore(shown, moment)}
          >
            Restore
          </Button>
        </span>
      </header>
      <OfflineBanner>Versions can be seen when it is back.</OfflineBanner>
      <main className={styles.middle} aria-label="Versions">
        {revisions.status === 'failed' ? (
          <Unreadable error={revisions.error} onRetry={retry} />
        ) : (
          <section className={styles.versions} aria-label="All versions">
            {revisions.status === 'loading' ? (
              <Waiting>Reading the versions…</Waiting>
            ) : (
              <VersionList
                revisions={revisions}
                selected={version?.revision ?? ''}
                published={published}
                now={now}
                onSelect={setChosen}
                onMore={loadMore}
              />
            )}
          </section>
        )}
        {version !== undefined && (
          <section className={styles.version} aria-label={`Version of ${moment}`}>
            <div className={styles.against}>
              <p>
                <strong>{capitalised(moment)}</strong>
                {version.name !== undefined && ` · ${version.name}`}
              </p>
              {!isCurrent && (
                <Choice<Against>
                  label="Show"
                  value={against}
                  options={againstOptions}
                  onChange={setAgainst}
                />
              )}
            </div>
            <Compared
              pair={pair}
              whenSame={whenSame(shownAgainst, older)}
              onRetry={() => setAttempts(attempts + 1)}
            />
          </section>
        )}
      </main>
      {isNaming && version !== undefined && (
        <NameVersionDialog
          flowId={flow.id}
          version={version}
          onClose={() => setIsNaming(false)}
          onNamed={replace}
        />
      )}
    </div>
  )
}

const againstOptions = [
  { value: 'before', label: 'What it changed' },
  { value: 'now', label: 'What changed since' },
] as const

function Unreadable(props: { readonly error: ApiError; readonly onRetry: () => void }) {
  const wasNeverSaved = props.error.code === 'not_found'
  return (
    <EmptyState
      size="page"
      icon={<History size={24} aria-hidden />}
      title={wasNeverSaved ? 'There are no versions yet' : 'The versions cannot be read'}
      actions={<Button onClick={props.onRetry}>Try again</Button>}
    >
      {wasNeverSaved
        ? 'This flow was never saved, so there is nothing to go back to.'
        : props.error.message}
    </EmptyState>
  )
}

function Waiting({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.waiting} role="status">
      <Spinner size={14} /> {children}
    </p>
  )
}

interface ComparedProps {
  readonly pair: VersionPair
  readonly whenSame: string
  readonly onRetry: () => void
}

function Compared({ pair, whenSame: text, onRetry }: ComparedProps) {
  switch (pair.status) {
    case 'loading':
      return <Waiting>Reading this version…</Waiting>
    case 'failed':
      return (
        <EmptyState
          size="page"
          icon={<History size={24} aria-hidden />}
          title={
            pair.error.code === 'not_found'
              ? 'This version is no longer kept'
              : 'This version cannot be shown'
          }
          actions={<Button onClick={onRetry}>Try again</Button>}
        >
          {pair.error.message}
        </EmptyState>
      )
    case 'ready':
      return <ComparisonPanel before={pair.before} after={pair.after} whenSame={text} />
  }
}

function wantedPair(options: {
  readonly flow: DocumentState['flow']
  readonly version: RevisionSummary | undefined
  readonly older: RevisionSummary | undefined
  readonly against: Against
}): WantedPair | undefined {
  const { flow, version, older, against } = options
  if (version === undefined) return undefined
  if (against === 'now') return { flowId: flow.id, before: version.revision, after: flow }
  return {
    flowId: flow.id,
    before: older?.revision ?? version.revision,
    after: version.revision,
  }
}

function whenSame(against: Against, older: RevisionSummary | undefined): string {
  if (against === 'now') return 'The flow is now as it was in this version.'
  return older === undefined
    ? 'This is the first version that is kept. There is none before it to compare it with.'
    : 'It was saved again as it was.'
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The heading takes the focus, so that a screen reader says where it is. */
function useFocusHere() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return heading
}

const nothing: readonly Published[] = []

function selectPublished(state: PublicationsState): readonly Published[] {
  return state.status === 'ready' ? state.published : nothing
}
