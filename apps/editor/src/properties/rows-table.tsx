import { Plus, X } from 'lucide-react'
import { use, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { FieldProblemsContext, rowOf } from './field-problems.ts'
import styles from './rows-table.module.css'
import type { Rows } from './use-rows.ts'

export interface RowsColumn {
  readonly title: string
  /** What it is for, on hover. */
  readonly help?: string
  /** In pixels; columns without one share what is left. */
  readonly width?: number
  readonly isCentred?: boolean
}

export interface RowsTableProps<Row> {
  /** The name of the whole, for screen readers. */
  readonly label: string
  /** What one row is called: `parameter`. */
  readonly noun: string
  readonly columns: readonly RowsColumn[]
  readonly rows: Rows<Row>
  /** What a row is called; `undefined` while it has no name. */
  readonly nameOf: (row: Row) => string | undefined
  /** The controls of a row, one for each column. Each has a name of its own. */
  readonly cells: (row: Row, index: number, name: string) => readonly ReactNode[]
  /** What is to be said of a row, below it. */
  readonly note?: (row: Row, index: number) => ReactNode
  readonly newRow: () => Row
  /** Stands where there are no rows. */
  readonly empty: ReactNode
  /** More commands beside *Add*. */
  readonly commands?: ReactNode
}

/**
 * A grid of rows that are filled in. Enter in a field adds a row, the arrow keys go up and down in a
 * column, and Delete on anything but a text removes the row.
 */
export function RowsTable<Row>(props: RowsTableProps<Row>) {
  const { noun, columns, rows } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const wanted = useRef<number>(undefined)
  const count = rows.list.length
  const { problems, wanted: place } = use(FieldProblemsContext)
  const rowsAtFirst = useRef(rows.list)
  const wantedRow = rowOf(place?.part)

  useEffect(() => {
    if (wantedRow === undefined) return undefined
    // The dialog takes the focus for its first field in the next frame: after that.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => focusRow(body.current, wantedRow, place?.part.at(-1)))
    })
    return () => cancelAnimationFrame(frame)
  }, [place, wantedRow])

  /** What the check found in a row, until the row is changed. */
  const problemOf = (row: Row, index: number): string => {
    const key = rows.keys[index] ?? -1
    if (rowsAtFirst.current[key] !== row) return ''
    const own = problems.filter(({ part }) => rowOf(part) === key)
    return own.map(({ message }) => message).join(' ')
  }

  useEffect(() => {
    if (wanted.current === undefined) return
    const row = body.current?.querySelectorAll<HTMLElement>('tr[data-row]')[wanted.current]
    wanted.current = undefined
    row?.querySelector<HTMLElement>('input, button')?.focus()
  }, [count])

  const add = () => {
    wanted.current = count
    rows.add(props.newRow())
  }
  const remove = (index: number) => {
    wanted.current = Math.min(index, count - 2)
    rows.remove(index)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target, key } = event
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
    const row = target.closest<HTMLElement>('tr[data-row]')
    // In a list of suggestions, Enter and the arrows are the list's.
    if (row === null || event.defaultPrevented || target.hasAttribute('aria-activedescendant'))
      return
    const isText = target.matches('input:not([type=checkbox], [role=spinbutton])')
    const isEditor = target.isContentEditable || target.matches('[role=spinbutton], textarea')
    const isStepped = target.matches('input:not([role=spinbutton], [role=combobox])')
    if (key === 'Enter' && isText) add()
    else if (key === 'Delete' && !isText && !isEditor) remove(Number(row.dataset['row']))
    else if (key === 'ArrowDown' && isStepped) stepFrom(target, 1)
    else if (key === 'ArrowUp' && isStepped) stepFrom(target, -1)
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.whole}>
      {count === 0 ? (
        <p className={styles.empty}>{props.empty}</p>
      ) : (
        <div className={styles.scroller}>
          <table
            className={styles.table}
            style={{ minWidth: leastWidthOf(columns) }}
            aria-label={props.label}
            onKeyDown={onKeyDown}
          >
            <colgroup>
              {columns.map(({ title, width }) => (
                <col key={title} {...(width === undefined ? {} : { style: { width } })} />
              ))}
              <col style={{ width: removeWidth }} />
            </colgroup>
            <thead>
              <tr>
                {columns.map(({ title, help, isCentred }) => (
                  <th key={title} scope="col" title={help} data-centred={isCentred || undefined}>
                    {title}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody ref={body}>
              {rows.list.map((row, index) => {
                const name = props.nameOf(row) ?? `${noun} ${index + 1}`
                return (
                  <RowOf
                    key={rows.keys[index]}
                    index={index}
                    columns={columns}
                    cells={props.cells(row, index, name)}
                    note={props.note?.(row, index)}
                    problem={problemOf(row, index)}
                    removeLabel={`Remove ${name}`}
                    onRemove={() => remove(index)}
                  />
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      <div className={styles.commands}>
        <Button size="small" variant="quiet" icon={<Plus size={14} aria-hidden />} onClick={add}>
          Add {noun}
        </Button>
        {props.commands}
      </div>
    </div>
  )
}

const removeWidth = 36
/** What a column without a width needs at least. */
const leastWidth = 180

/** In a window that is too narrow for all columns, the grid scrolls. */
function leastWidthOf(columns: readonly RowsColumn[]): number {
  return columns.reduce((sum, { width }) => sum + (width ?? leastWidth), removeWidth)
}

interface RowOfProps {
  readonly index: number
  readonly columns: readonly RowsColumn[]
  readonly cells: readonly ReactNode[]
  readonly note: ReactNode
  /** What is wrong with the row; empty when nothing is. */
  readonly problem: string
  readonly removeLabel: string
  readonly onRemove: () => void
}

function RowOf(props: RowOfProps) {
  const { index, columns, cells, note, problem, removeLabel, onRemove } = props
  const hasNote = note !== undefined && note !== null && note !== false
  return (
    <>
      <tr data-row={index} data-wrong={problem !== '' || undefined}>
        {columns.map(({ title, isCentred }, column) => (
          <td key={title} data-centred={isCentred || undefined}>
            {cells[column]}
          </td>
        ))}
        <td>
          <IconButton label={removeLabel} shortcut="Delete" onClick={onRemove}>
            <X size={14} aria-hidden />
          </IconButton>
        </td>
      </tr>
      {problem !== '' && (
        <tr>
          <td colSpan={columns.length + 1} className={styles.problem}>
            {problem}
          </td>
        </tr>
      )}
      {hasNote && (
        <tr>
          <td colSpan={columns.length + 1} className={styles.note}>
            {note}
          </td>
        </tr>
      )}
    </>
  )
}

/** Puts the caret into the last editor of a row, where its value stands, or into its first field. */
function focusRow(
  body: HTMLElement | null,
  index: number,
  column: string | number | undefined,
): void {
  const row = body?.querySelectorAll<HTMLElement>('tr[data-row]')[index]
  row?.scrollIntoView({ block: 'nearest' })
  const editors = [...(row?.querySelectorAll<HTMLElement>('[contenteditable="true"]') ?? [])]
  const editor = column === 'field' ? editors[0] : editors.at(-1)
  const field = editor ?? row?.querySelector<HTMLElement>('input, button')
  field?.focus()
}

/** Goes to the same column of the row before or after. */
function stepFrom(target: HTMLElement, by: 1 | -1): void {
  const cell = target.closest('td')
  const row = target.closest<HTMLElement>('tr[data-row]')
  const rows = [...(row?.parentElement?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
  const column = [...(row?.children ?? [])].findIndex((child) => child === cell)
  const next = rows[rows.findIndex((one) => one === row) + by]?.children[column]
  next?.querySelector<HTMLElement>('input:not(:disabled), button')?.focus()
}
