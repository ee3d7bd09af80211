import { ArrowDown, ArrowUp, ArrowUpDown, Columns3, ListOrdered } from 'lucide-react'
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Menu } from '../ui/menu.tsx'
import { MenuCheckbox } from '../ui/menu-checkbox.tsx'
import { arrangeRows, nextSort, type Arrangement, type Row } from './arrange-rows.ts'
import { ExportMenu } from './export-menu.tsx'
import { ValueGrid } from './value-grid.tsx'
import styles from './value-table.module.css'

export interface ValueTableProps {
  /** Its name, for screen readers and exported files. */
  readonly label: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  /** What the rows were before they became a table, for the export as JSON. */
  readonly value: unknown
  /** What else stands in its bar. */
  readonly tools?: ReactNode
}

const asItCame: Arrangement = { sort: undefined, filters: new Map() }

/** Rows that can be sorted, filtered by each column, looked at in part, and exported as they are shown. */
export function ValueTable({ label, columns, rows, value, tools }: ValueTableProps) {
  const [arrangement, setArrangement] = useState(asItCame)
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const [hasNumbers, setHasNumbers] = useState(true)
  const { sort, filters } = arrangement
  const deferred = useDeferredValue(arrangement)
  const arranged = useMemo(() => arrangeRows(rows, deferred), [rows, deferred])
  const shown = useMemo(
    () => columns.map((_, index) => index).filter((index) => !hidden.has(index)),
    [columns, hidden],
  )
  const shownColumns = useMemo(
    () => shown.map((index) => ({ name: columns[index] ?? '' })),
    [shown, columns],
  )
  const shownRows = useMemo(
    () => arranged.map(({ row }) => shown.map((column) => row[column] ?? null)),
    [arranged, shown],
  )
  const indexes = useMemo(() => arranged.map(({ index }) => index), [arranged])
  const isWhole = arranged.length === rows.length && sort === undefined && hidden.size === 0
  const filter = (column: number, text: string) => {
    const changed = new Map(filters)
    if (text === '') changed.delete(column)
    else changed.set(column, text)
    setArrangement({ sort, filters: changed })
  }

  return (
    <div className={styles.table}>
      <div className={styles.bar}>
        <strong className={styles.label} title={label}>
          {label}
        </strong>
        <span className={styles.count} role="status">
          {arranged.length === rows.length
            ? counted(rows.length, 'row')
            : `${arranged.length.toLocaleString('en')} of ${counted(rows.length, 'row')}`}
        </span>
        <Button
          size="small"
          variant="quiet"
          icon={<ListOrdered size={14} aria-hidden />}
          aria-pressed={hasNumbers}
          onClick={() => setHasNumbers(!hasNumbers)}
        >
          Row numbers
        </Button>
        <Menu
          align="start"
          trigger={
            <Button size="small" variant="quiet" icon={<Columns3 size={14} aria-hidden />}>
              Columns{hidden.size > 0 && ` ${shown.length}/${columns.length}`}
            </Button>
          }
        >
          {columns.map((name, index) => (
            <MenuCheckbox
              key={index}
              isOn={!hidden.has(index)}
              onChange={(isOn) => setHidden(toggled(hidden, index, isOn))}
            >
              {name === '' ? <i>no name</i> : name}
            </MenuCheckbox>
          ))}
        </Menu>
        <ExportMenu
          name={label}
          json={() => (isWhole ? value : recordsOf(shownColumns, shownRows))}
          csv={() => ({ columns: shownColumns.map(({ name }) => name), rows: shownRows })}
        />
        {tools}
      </div>
      <ValueGrid
        isLarge
        label={label}
        columns={shownColumns}
        rows={shownRows}
        indexes={indexes}
        hasNumbers={hasNumbers}
        sortOf={(at) => {
          if (sort === undefined || sort.column !== shown[at]) return undefined
          return sort.isDescending ? 'descending' : 'ascending'
        }}
        head={(at) => {
          const column = shown[at] ?? 0
          return (
            <ColumnHead
              name={columns[column] ?? ''}
              order={sort?.column === column ? (sort.isDescending ? 'down' : 'up') : undefined}
              onSort={() => setArrangement({ sort: nextSort(sort, column), filters })}
              filter={filters.get(column) ?? ''}
              onFilter={(text) => filter(column, text)}
            />
          )
        }}
      />
      {arranged.length === 0 && rows.length > 0 && (
        <p className={styles.none}>
          No row passes the filters.{' '}
          <Button size="small" onClick={() => setArrangement({ sort, filters: new Map() })}>
            Clear them
          </Button>
        </p>
      )}
    </div>
  )
}

interface ColumnHeadProps {
  readonly name: string
  readonly order: 'up' | 'down' | undefined
  readonly onSort: () => void
  readonly filter: string
  readonly onFilter: (text: string) => void
}

function ColumnHead({ name, order, onSort, filter, onFilter }: ColumnHeadProps) {
  const Icon = order === undefined ? ArrowUpDown : order === 'up' ? ArrowUp : ArrowDown
  return (
    <span className={styles.head}>
      <button
        type="button"
        className={styles.sort}
        data-sorted={order !== undefined || undefined}
        aria-label={`Sort by ${name}`}
        onClick={onSort}
      >
        <span>{name}</span>
        <Icon size={12} aria-hidden />
      </button>
      <input
        type="search"
        className={styles.filter}
        aria-label={`Filter ${name}`}
        placeholder="Filter…"
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={(event) => onFilter(event.target.value)}
      />
    </span>
  )
}

function toggled(hidden: ReadonlySet<number>, index: number, isOn: boolean): ReadonlySet<number> {
  const changed = new Set(hidden)
  if (isOn) changed.delete(index)
  else changed.add(index)
  return changed
}

function recordsOf(
  columns: readonly { readonly name: string }[],
  rows: readonly Row[],
): readonly unknown[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
  )
}
