import { Bookmark } from 'lucide-react'
import { type KeyboardEvent } from 'react'
import { environmentNames } from '../api/environments.ts'
import type { Published } from '../api/published.ts'
import type { RevisionSummary } from '../api/revisions-api.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { byDay } from './version-times.ts'
import type { Revisions } from './use-revisions.ts'
import styles from './version-list.module.css'

interface VersionListProps {
  readonly revisions: Extract<Revisions, { status: 'ready' }>
  readonly selected: string
  /** Where which revision is published. */
  readonly published: readonly Published[]
  readonly now: Date
  readonly onSelect: (revision: string) => void
  readonly onMore: () => void
}

/** The versions of a flow by day; the arrow keys go through them. */
export function VersionList({
  revisions,
  selected,
  published,
  now,
  onSelect,
  onMore,
}: VersionListProps) {
  const all = revisions.revisions
  const first = revisions.next === undefined ? all.at(-1) : undefined

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = all[all.findIndex(({ revision }) => revision === selected) + step]
    if (next === undefined) return
    onSelect(next.revision)
    event.currentTarget.querySelector<HTMLElement>(`[data-revision="${next.revision}"]`)?.focus()
  }

  return (
    <div className={styles.list} onKeyDown={onKeyDown} role="presentation">
      {byDay(all, now).map(({ day, items, times }) => (
        <section key={day} aria-label={day}>
          <h2 className={styles.day}>{day}</h2>
          <ul>
            {items.map((item, index) => (
              <li key={item.revision}>
                <button
                  type="button"
                  className={styles.version}
                  data-revision={item.revision}
                  aria-current={item.revision === selected || undefined}
                  tabIndex={item.revision === selected ? 0 : -1}
                  onClick={() => onSelect(item.revision)}
                >
                  <span className={styles.head}>
                    <time dateTime={item.savedAt.toISOString()}>{times[index]}</time>
                    {item === all[0] && <span className={styles.tag}>Current</span>}
                    {published.map(
                      ({ environment, revision }) =>
                        revision === item.revision && (
                          <span key={environment} className={styles.tag} data-published>
                            {environmentNames[environment]}
                          </span>
                        ),
                    )}
                  </span>
                  {item.name !== undefined && (
                    <span className={styles.name}>
                      <Bookmark size={12} aria-hidden />
                      <span>{item.name}</span>
                    </span>
                  )}
                  <span className={styles.changes}>
                    {item === first ? 'First version' : changesOf(item)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {revisions.next !== undefined && (
        <div className={styles.more}>
          <Button size="small" isBusy={revisions.isLoadingMore} onClick={onMore}>
            Show older versions
          </Button>
        </div>
      )}
    </div>
  )
}

function changesOf({ changes }: RevisionSummary): string {
  // Of a large flow they are counted only when it is looked at.
  if (changes === undefined) return ''
  return changes === 0 ? 'No changes' : counted(changes, 'change')
}
