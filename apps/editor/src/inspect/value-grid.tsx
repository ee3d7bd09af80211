import type { JsonValue } from '@millrace/flow'
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { useRowsInView } from '../ui/use-rows-in-view.ts'
import { columnWidths } from './column-widths.ts'
import styles from './value-grid.module.css'
import { openText, textOfValue } from './value-text.ts'

export interface GridColumn {
  readonly name: string
  readonly type?: string
}

export interface ValueGridProps {
  /** Its name, for screen readers. */
  readonly label: string
  readonly columns: readonly GridColumn[]
  readonly rows: readonly (readonly JsonValue[])[]
  /** Which one each row is of all, from 0, where some are left out or they stand in another order. */
  readonly indexes?: readonly number[]
  /** Whether a first column numbers the rows. */
  readonly hasNumbers?: boolean
  /** What the head of a column holds, in the place of its name. */
  readonly head?: (column: number) => ReactNode
  /** How the rows are sorted by a column, for screen readers. */
  readonly sortOf?: (column: number) => 'ascending' | 'descending' | undefined
  /** It takes the height that there is, and scrolls inside. */
  readonly isLarge?: boolean
}

interface Place {
  readonly row: number
  readonly column: number
}

/** The height of a row in pixels; the style sheet says the same. */
const rowHeight = 27

/**
 * Rows of values; only those in view are in the page. The arrow keys go from cell to cell, and the
 * whole of a chosen one stands below.
 */
export function ValueGrid(props: ValueGridProps) {
  const { label, columns, rows, indexes, hasNumbers = false, head, sortOf, isLarge = false } = props
  const [chosen, setChosen] = useState<Place>()
  const active = chosen ?? { row: 0, column: 0 }
  const value = chosen === undefined ? undefined : rows[chosen.row]?.[chosen.column]
  const {
    scroller,
    rows: inView,
    height,
    show,
  } = useRowsInView({
    count: rows.length,
    rowHeight,
    headHeight: 34,
  })
  const widths = useMemo(() => columnWidths(columns, rows), [columns, rows])
  const focusOn = useFocusOnPlace(scroller)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const isInHead = event.target instanceof Element && event.target.closest('thead') !== null
    if (step === undefined || event.ctrlKey || event.metaKey || isInHead) return
    event.preventDefault()
    // They are keys of the cells, not of what is around the table.
    event.stopPropagation()
    const row = Math.min(Math.max(active.row + step[0], 0), rows.length - 1)
    const column = Math.min(Math.max(active.column + step[1], 0), columns.length - 1)
    focusOn({ row, column })
    setChosen({ row, column })
    show(row)
  }
  const onCopy = (event: ClipboardEvent) => {
    if (value === undefined || !window.getSelection()?.isCollapsed) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', textOfValue(value))
  }
  const first = inView[0]
  const last = inView.at(-1)

  return (
    <div className={styles.whole} data-large={isLarge || undefined}>
      <div ref={scroller} className={styles.scroller} tabIndex={-1} onKeyDown={onKeyDown}>
        <table
          className={styles.table}
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length}
          onCopy={onCopy}
        >
          <colgroup>
            {hasNumbers && <col style={{ width: 20 + String(rows.length).length * 8 }} />}
            {widths.map((width, index) => (
              <col key={index} style={{ width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {hasNumbers && (
                <th scope="col" className={styles.number}>
                  <span className="visually-hidden">Row</span>
                </th>
              )}
              {columns.map(({ name, type }, index) => (
                // Names may repeat; the order never changes.
                <th key={index} scope="col" aria-sort={sortOf?.(index)} title={name}>
                  {head?.(index) ?? (
                    <>
                      {name}
                      {type !== undefined && <span className={styles.type}>{type}</span>}
                    </>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody
            onFocus={({ target }) => {
              const place = placeOf(target)
              const isSame = place?.row === chosen?.row && place?.column === chosen?.column
              if (!isSame) setChosen(place)
            }}
            onClick={({ target }) => target instanceof HTMLElement && target.focus()}
          >
            <Room height={first?.start ?? 0} />
            {inView.map(({ index }) => (
              <tr key={index} aria-rowindex={index + 2}>
                {hasNumbers && (
                  <th scope="row" className={styles.number}>
                    {(indexes?.[index] ?? index) + 1}
                  </th>
                )}
                {rows[index]?.map((cell, column) => (
                  <td
                    key={column}
                    data-place={`${index} ${column}`}
                    data-null={cell === null || undefined}
                    data-number={typeof cell === 'number' || undefined}
                    tabIndex={active.row === index && active.column === column ? 0 : -1}
                    aria-selected={chosen?.row === index && chosen.column === column}
                  >
                    {cell === null ? 'null' : shortened(textOfValue(cell))}
                  </td>
                ))}
              </tr>
            ))}
            <Room height={height - (last?.end ?? 0)} />
          </tbody>
        </table>
      </div>
      {value !== undefined && chosen !== undefined && (
        <section className={styles.value} aria-label={`Value of ${columns[chosen.column]?.name}`}>
          <header>
            <strong>{columns[chosen.column]?.name}</strong>
            <span>row {(indexes?.[chosen.row] ?? chosen.row) + 1}</span>
            <CopyButton label="Copy this value" text={() => textOfValue(value)} />
          </header>
          {/* It scrolls, so keys must reach it. */}
          <pre tabIndex={0}>{value === null ? <i>null</i> : openText(value)}</pre>
        </section>
      )}
    </div>
  )
}

/** In the place of the rows that are not drawn. */
function Room({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <tr aria-hidden className={styles.room}>
      <td style={{ height }} />
    </tr>
  )
}

/**
 * Moves the focus to a cell, which may be drawn only once it has been scrolled to. A cell that was
 * scrolled away took the focus with it: the table has the keys then.
 */
function useFocusOnPlace(scroller: React.RefObject<HTMLDivElement | null>): (place: Place) => void {
  const wanted = useRef<Place>(undefined)
  const hadFocus = useRef(false)
  useLayoutEffect(() => {
    const table = scroller.current
    if (table === null) return
    const place = wanted.current
    const cell =
      place && table.querySelector<HTMLElement>(`[data-place="${place.row} ${place.column}"]`)
    if (cell) {
      wanted.current = undefined
      cell.focus({ preventScroll: true })
    } else if (hadFocus.current && document.activeElement === document.body) {
      table.focus({ preventScroll: true })
    }
    hadFocus.current = table.contains(document.activeElement)
  })
  return (place) => {
    wanted.current = place
  }
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [10, 0],
  PageUp: [-10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
}

function placeOf(target: EventTarget): Place | undefined {
  const place = target instanceof HTMLElement ? target.dataset['place']?.split(' ') : undefined
  return place === undefined ? undefined : { row: Number(place[0]), column: Number(place[1]) }
}

const longest = 160

function shortened(text: string): string {
  const line = text.slice(0, 4 * longest).replace(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
