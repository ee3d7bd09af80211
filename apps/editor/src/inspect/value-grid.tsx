import type { JsonValue } from '@millrace/flow'
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import styles from './value-grid.module.css'
import { openText, textOfValue } from './value-text.ts'

export interface ValueGridProps {
  /** Its name, for screen readers. */
  readonly label: string
  readonly columns: readonly { readonly name: string; readonly type?: string }[]
  readonly rows: readonly (readonly JsonValue[])[]
}

interface Place {
  readonly row: number
  readonly column: number
}

/** The rows of a result. The arrow keys go from cell to cell; the whole of a chosen one stands below. */
export function ValueGrid({ label, columns, rows }: ValueGridProps) {
  const [chosen, setChosen] = useState<Place>()
  const table = useRef<HTMLTableElement>(null)
  const active = chosen ?? { row: 0, column: 0 }
  const value = chosen === undefined ? undefined : rows[chosen.row]?.[chosen.column]

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const row = Math.min(Math.max(active.row + step[0], 0), rows.length - 1)
    const column = Math.min(Math.max(active.column + step[1], 0), columns.length - 1)
    setChosen({ row, column })
    table.current?.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`)?.focus()
  }
  const onCopy = (event: ClipboardEvent) => {
    if (value === undefined || !window.getSelection()?.isCollapsed) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', textOfValue(value))
  }

  return (
    <div className={styles.whole}>
      <div className={styles.scroller}>
        <table
          ref={table}
          className={styles.table}
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          onKeyDown={onKeyDown}
          onCopy={onCopy}
        >
          <thead>
            <tr>
              {columns.map(({ name, type }, index) => (
                // Names may repeat; the order never changes.
                <th key={index} scope="col">
                  {name}
                  {type !== undefined && <span className={styles.type}>{type}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody
            onFocus={({ target }) => setChosen(placeOf(target))}
            onClick={({ target }) => target instanceof HTMLElement && target.focus()}
          >
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
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
          </tbody>
        </table>
      </div>
      {value !== undefined && chosen !== undefined && (
        <section className={styles.value} aria-label={`Value of ${columns[chosen.column]?.name}`}>
          <header>
            <strong>{columns[chosen.column]?.name}</strong>
            <span>row {chosen.row + 1}</span>
            <CopyButton label="Copy this value" text={() => textOfValue(value)} />
          </header>
          {/* It scrolls, so keys must reach it. */}
          <pre tabIndex={0}>{value === null ? <i>null</i> : openText(value)}</pre>
        </section>
      )}
    </div>
  )
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
  const line = text.replace(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
