import type { PublicationEntry } from '../api/published.ts'
import { Button } from '../ui/button.tsx'
import { momentOf } from '../versions/version-times.ts'
import styles from './publish-dialog.module.css'

interface PublicationHistoryProps {
  /** What was published to the environment, the latest first. */
  readonly entries: readonly PublicationEntry[]
  /** The revision that is published now. */
  readonly published: string | undefined
  readonly isBusy: boolean
  readonly onPublish: (revision: string) => void
}

const maxShown = 5

/** What was published before; each can be published again. */
export function PublicationHistory(props: PublicationHistoryProps) {
  const { entries, published, isBusy, onPublish } = props
  const now = new Date()
  if (entries.length === 0) return null
  return (
    <section className={styles.part} aria-label="Published before">
      <h3 className={styles.title}>Published before</h3>
      <ol className={styles.entries}>
        {entries.slice(0, maxShown).map(({ revision, publishedAt }) => {
          const moment = momentOf(publishedAt, now)
          return (
            <li key={publishedAt.getTime()} className={styles.entry}>
              <span>
                {revision === undefined ? 'Unpublished' : `Version ${revision}, published`} {moment}
              </span>
              {revision === published && revision !== undefined ? (
                <span className={styles.hint}>Live</span>
              ) : (
                revision !== undefined && (
                  <Button
                    size="small"
                    isBusy={isBusy}
                    aria-label={`Roll back to version ${revision}, published ${moment}`}
                    onClick={() => onPublish(revision)}
                  >
                    Roll back
                  </Button>
                )
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
