import { useId, type KeyboardEvent, type ReactNode } from 'react'
import { useRowsInView } from '../ui/use-rows-in-view.ts'
import styles from './pick-list.module.css'

export interface PickLine {
  readonly key: string
  /** A heading stands above others, and cannot be chosen. */
  readonly isHeading?: boolean
}

export interface PickListProps<Line extends PickLine> {
  /** Its name, for screen readers. */
  readonly label: string
  readonly lines: readonly Line[]
  readonly chosen: string | undefined
  readonly onChoose: (line: Line) => void
  readonly children: (line: Line) => ReactNode
}

/** The height of a line in pixels; the style sheet says the same. */
const lineHeight = 28

/** A list of which one line is chosen, by arrow keys too; only the lines in view are in the page. */
export function PickList<Line extends PickLine>(props: PickListProps<Line>) {
  const { label, lines, chosen, onChoose, children } = props
  const id = useId()
  const found = lines.findIndex(({ key }) => key === chosen)
  const at = found === -1 ? undefined : found
  const { scroller, rows, height } = useRowsInView({
    count: lines.length,
    rowHeight: lineHeight,
    shown: at,
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const to = nextLine(lines, event.key, found)
    const line = to === undefined ? undefined : lines[to]
    if (line === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onChoose(line)
  }
  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at === undefined ? undefined : `${id}-${at}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={styles.lines} style={{ height }}>
        {rows.map(({ index, start }) => {
          const line = lines[index]
          if (line === undefined) return null
          return line.isHeading === true ? (
            <div
              key={line.key}
              role="presentation"
              className={styles.heading}
              style={{ top: start }}
            >
              {children(line)}
            </div>
          ) : (
            // The keyboard is the list's, which points here by aria-activedescendant.
            <div
              key={line.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              aria-posinset={index + 1}
              aria-setsize={lines.length}
              className={styles.line}
              style={{ top: start }}
              onClick={() => onChoose(line)}
            >
              {children(line)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Where a key leads, over headings; `undefined` for a key of no list, and at the ends. */
function nextLine(lines: readonly PickLine[], key: string, from: number): number | undefined {
  const [start, step] = moves(lines.length, from)[key] ?? [undefined, 1]
  if (start === undefined) return undefined
  for (let to = start; to >= 0 && to < lines.length; to += step) {
    if (lines[to]?.isHeading !== true) return to
  }
  return undefined
}

function moves(
  count: number,
  from: number,
): Readonly<Record<string, readonly [start: number, step: 1 | -1]>> {
  return {
    ArrowDown: [from + 1, 1],
    ArrowUp: [from - 1, -1],
    PageDown: [Math.min(from + 10, count - 1), -1],
    PageUp: [Math.max(from - 10, 0), 1],
    Home: [0, 1],
    End: [count - 1, -1],
  }
}
