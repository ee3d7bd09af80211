import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { offsetText, summaryOf, type EventLine } from './event-lines.ts'
import styles from './events-panel.module.css'

/** The height of a line, in pixels; the style sheet says the same. */
const lineHeight = 24
/** How many lines are drawn beyond what is in view, so that fast scrolling shows no gaps. */
const margin = 12

export interface EventListProps {
  readonly lines: readonly EventLine[]
  readonly titleOfNode: (nodeId: string) => string
  readonly selectedSeq: number | undefined
  /** The event after which the run is shown; what comes later has not happened at that moment. */
  readonly position: number | undefined
  readonly onSelect: (seq: number) => void
}

/** The lines of a run; only those in view are in the page. It follows new ones while it is at the end. */
export function EventList(props: EventListProps) {
  const { lines, titleOfNode, selectedSeq, position, onSelect } = props
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const [view, setView] = useState({ top: 0, height: 320 })

  useEffect(() => {
    const element = list.current
    if (element === null) return undefined
    const measure = () => {
      const { scrollTop: top, clientHeight: height, scrollHeight } = element
      isAtEnd.current = scrollHeight - top - height < lineHeight
      setView({ top, height })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [])
  useEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: lines.length * lineHeight })
  }, [lines.length])

  const first = Math.max(0, Math.floor(view.top / lineHeight) - margin)
  const last = Math.min(lines.length, Math.ceil((view.top + view.height) / lineHeight) + margin)
  const selected = lines.findIndex(({ event }) => event.seq === selectedSeq)

  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, selected, lines.length)
    const line = target === undefined ? undefined : lines[target]
    if (line === undefined || target === undefined) return
    event.preventDefault()
    onSelect(line.event.seq)
    const top = target * lineHeight
    const element = list.current
    if (element === null) return
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + lineHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + lineHeight - element.clientHeight
    }
  }

  return (
    <div
      ref={list}
      className={styles.list}
      role="listbox"
      aria-label="Events of the run"
      tabIndex={0}
      aria-activedescendant={selectedSeq === undefined ? undefined : `event-${selectedSeq}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: lines.length * lineHeight }}>
        <div role="presentation" style={{ transform: `translateY(${first * lineHeight}px)` }}>
          {lines.slice(first, last).map(({ event, offset, nodeId, failure }, index) => (
            // The keyboard is the list's, which points here by aria-activedescendant.
            <div
              key={event.seq}
              id={`event-${event.seq}`}
              role="option"
              tabIndex={-1}
              aria-selected={event.seq === selectedSeq}
              aria-posinset={first + index + 1}
              aria-setsize={lines.length}
              className={styles.line}
              data-type={event.type}
              data-failure={failure}
              data-now={event.seq === position || undefined}
              data-later={(position !== undefined && event.seq > position) || undefined}
              onClick={() => onSelect(event.seq)}
            >
              <span className={styles.seq}>{event.seq}</span>
              <span className={styles.time}>{offsetText(offset)}</span>
              <span className={styles.type}>{event.type}</span>
              <span className={styles.node}>{nodeId === undefined ? '' : titleOfNode(nodeId)}</span>
              <span className={styles.summary}>{summaryOf(event)}</span>
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

function targetOf(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, count - 1)
    case 'ArrowUp':
      return Math.max(from - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
