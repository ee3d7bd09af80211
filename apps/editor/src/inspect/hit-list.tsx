import { useState } from 'react'
import styles from './hit-list.module.css'
import type { Hit } from './result-parts.ts'
import { textOfValue } from './value-text.ts'

export interface HitListProps {
  readonly hits: readonly Hit[]
  /** Whether each is shown whole from the start. */
  readonly isOpen: boolean
}

/** What a search found, nearest first, each with its distance. */
export function HitList({ hits, isOpen }: HitListProps) {
  if (hits.length === 0) {
    return (
      <p className={styles.none}>
        Nothing was found. Is the table filled, and is the score limit wide enough?
      </p>
    )
  }
  return (
    <ol className={styles.hits}>
      {hits.map((hit, index) => (
        <HitCard key={index} hit={hit} number={index + 1} isOpen={isOpen} />
      ))}
    </ol>
  )
}

/** Texts up to here are shown whole. */
const short = 220

interface HitCardProps {
  readonly hit: Hit
  readonly number: number
  readonly isOpen: boolean
}

function HitCard({ hit, number, isOpen }: HitCardProps) {
  const { key, content, score, metadata } = hit
  const [isWhole, setWhole] = useState(isOpen || content.length <= short)
  const facts = Object.entries(metadata)
  return (
    <li className={styles.hit}>
      <div className={styles.head}>
        <span className={styles.number}>{number}</span>
        <span className={styles.key} title={textOfValue(key)}>
          {textOfValue(key)}
        </span>
        <span className={styles.score} title="The distance: smaller is closer">
          {score.toFixed(3)}
        </span>
      </div>
      <p className={styles.content} data-whole={isWhole || undefined}>
        {content}
      </p>
      {content.length > short && !isOpen && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show less' : 'Show all'}
        </button>
      )}
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === null ? <i>null</i> : textOfValue(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
