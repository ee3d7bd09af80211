import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Difference } from './compare-flows.ts'
import styles from './difference-list.module.css'

interface DifferenceListProps {
  readonly differences: readonly Difference[]
  /** The one that is looked at. */
  readonly current: number | undefined
  readonly onGo: (index: number) => void
}

const titles: Readonly<Record<Difference['kind'], string>> = {
  changed: 'Changed',
  rewired: 'Rewired',
  moved: 'Moved',
}

const signNames: Readonly<Record<Difference['sign'], string>> = {
  '+': 'Added:',
  '-': 'Removed:',
  '~': 'Changed:',
}

/** All that differs; the arrow keys step through it. */
export function DifferenceList({ differences, current, onGo }: DifferenceListProps) {
  const list = useRef<HTMLDivElement>(null)
  const about = current === undefined ? undefined : differences[current]?.about

  useEffect(() => {
    if (current === undefined) return
    const button = buttonAt(list.current, current)
    button?.scrollIntoView({ block: 'nearest' })
    // The focus goes along only where it is in the list already.
    if (list.current?.contains(document.activeElement) === true) button?.focus()
  }, [current])

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    onGo((current ?? -1) + step)
  }

  return (
    <div ref={list} className={styles.list} onKeyDown={onKeyDown} role="presentation">
      {Object.entries(titles).map(([kind, title]) => {
        const those = differences.flatMap((one, index) =>
          one.kind === kind ? [{ one, index }] : [],
        )
        if (those.length === 0) return null
        return (
          <section key={kind} aria-label={title}>
            <h3 className={styles.title}>{title}</h3>
            <ul>
              {those.map(({ one, index }) => (
                <li key={index}>
                  <button
                    type="button"
                    className={styles.line}
                    data-index={index}
                    data-sign={one.sign}
                    data-related={isRelated(one, about) || undefined}
                    aria-current={index === current || undefined}
                    onClick={() => onGo(index)}
                  >
                    <span className={styles.sign} aria-hidden>
                      {one.sign === '-' ? '−' : one.sign}
                    </span>
                    <span className="visually-hidden">{signNames[one.sign]} </span>
                    <span className={styles.text}>{one.text}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

/** Whether a line tells of the same node as the one that is looked at. */
function isRelated({ kind, about }: Difference, current: readonly string[] | undefined): boolean {
  if (kind === 'rewired' || current?.length !== 1) return false
  return about.includes(current[0] ?? '')
}

function buttonAt(list: HTMLElement | null, index: number): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null
}
