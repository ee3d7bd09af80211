import { useMemo } from 'react'
import { registry } from '../registry.ts'
import { counted } from '../ui/counted.ts'
import { compareFlows } from '../versions/compare-flows.ts'
import type { VersionPair } from '../versions/use-version-pair.ts'
import styles from './publish-dialog.module.css'

interface PublishedChangesProps {
  /** What is published, and what would be. */
  readonly pair: VersionPair
  /** Whether nothing is published yet. */
  readonly isFirst: boolean
}

/** So many changes are told; the version history shows all of them. */
const maxShown = 8

/** What publishing would change for clients. */
export function PublishedChanges({ pair, isFirst }: PublishedChangesProps) {
  const lines = useMemo(
    () =>
      pair.status === 'ready' ? compareFlows(pair.before, pair.after, registry).differences : [],
    [pair],
  )
  return (
    <section className={styles.part} aria-label="What changes">
      <h3 className={styles.title}>What changes</h3>
      {isFirst ? (
        <p className={styles.hint}>Clients can run the flow for the first time.</p>
      ) : pair.status === 'failed' ? (
        <p className={styles.hint}>{pair.error.message}</p>
      ) : pair.status === 'loading' ? (
        <p className={styles.hint} role="status">
          Comparing…
        </p>
      ) : lines.length === 0 ? (
        <p className={styles.hint}>Nothing: this is what is published.</p>
      ) : (
        <>
          <ul className={styles.lines}>
            {lines.slice(0, maxShown).map(({ sign, text }, index) => (
              <li key={`${text} ${index}`} className={styles.line} data-sign={sign}>
                <span className={styles.sign} aria-hidden>
                  {sign === '-' ? '−' : sign}
                </span>
                <span className="visually-hidden">{signNames[sign]} </span>
                <span>{text}</span>
              </li>
            ))}
          </ul>
          {lines.length > maxShown && (
            <p className={styles.hint}>
              And {counted(lines.length - maxShown, 'more change')}; the version history shows all.
            </p>
          )}
        </>
      )}
    </section>
  )
}

const signNames = { '+': 'Added:', '-': 'Removed:', '~': 'Changed:' } as const
