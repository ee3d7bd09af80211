import type { Table, TableName } from '@millrace/nodes'
import { ChevronRight, Database, KeyRound, RefreshCw, Search, Table2 } from 'lucide-react'
import { useDeferredValue, useId, useState } from 'react'
import type { Lookup } from '../connections/lookup.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import type { TreeLine } from '../ui/tree-step.ts'
import { useTreeKeys } from '../ui/use-tree-keys.ts'
import { identifierText, tableText } from './identifier-text.ts'
import { LookupFailure } from './lookup-failure.tsx'
import styles from './table-list.module.css'
import { refreshTables, useEachTable, useTables, writtenName } from './tables.ts'
import type { NodeDatabase } from './use-database.ts'

export interface TableListProps {
  readonly database: NodeDatabase
  /** Called with the name of a table or a column, quoted where that is needed. */
  readonly onInsert: (text: string) => void
}

/** The tables of a database with their columns, to be searched and put into a statement. */
export function TableList({ database, onInsert }: TableListProps) {
  const { connectionId } = database
  const [search, setSearch] = useState('')
  const tables = useTables(connectionId, useDeferredValue(search))
  return (
    <section className={styles.panel} aria-label="Tables and columns">
      {tables.status === 'none' || connectionId === undefined ? (
        <EmptyState icon={<Database size={20} aria-hidden />} title="No connection">
          Choose one in the properties of the node, and its tables are listed here.
        </EmptyState>
      ) : tables.status === 'failed' ? (
        <LookupFailure connectionId={connectionId} error={tables.error} />
      ) : (
        <Tree
          database={database}
          connectionId={connectionId}
          tables={tables}
          search={search}
          onSearch={setSearch}
          onInsert={onInsert}
        />
      )}
    </section>
  )
}

interface TreeProps extends TableListProps {
  readonly connectionId: string
  readonly tables: Lookup<readonly TableName[]>
  readonly search: string
  readonly onSearch: (search: string) => void
}

/** A line of the tree: a table, or a column of an open one. */
interface Line extends TreeLine {
  readonly insert: string
  readonly name: string
  readonly type?: string
  readonly isKey?: boolean
}

function Tree(props: TreeProps) {
  const { database, connectionId, search, onInsert } = props
  const id = useId()
  const [open, setOpen] = useState<readonly string[]>([])
  const opened = useEachTable(connectionId, open)
  const list = props.tables.status === 'ready' ? props.tables.value : []
  const lines = list.flatMap((table): readonly Line[] => {
    const name = writtenName(table)
    const isExpanded = open.includes(name)
    const insert = tableText(database.system, table)
    const line = { id: name, depth: 0, isExpandable: true, isExpanded, insert, name }
    const lookup = opened[open.indexOf(name)]
    return [line, ...(lookup === undefined ? [] : columnLines(name, lookup, database.system))]
  })
  const toggle = ({ id: name }: Line) =>
    setOpen(open.includes(name) ? open.filter((one) => one !== name) : [...open, name])
  const { active, hasMoved, onKeyDown } = useTreeKeys({
    lines,
    first: lines[0],
    isSearched: search !== '',
    onToggle: toggle,
    onChoose: (line) => onInsert(line.insert),
  })

  return (
    <>
      <div className={styles.search}>
        <Search size={14} aria-hidden />
        <input
          role="combobox"
          aria-label="Search tables"
          aria-expanded
          aria-haspopup="tree"
          aria-controls={`${id}-tree`}
          aria-activedescendant={active === undefined ? undefined : `${id}-${active.id}`}
          placeholder="Search tables"
          value={search}
          onChange={(event) => props.onSearch(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton label="Look the tables up again" onClick={() => refreshTables(connectionId)}>
          <RefreshCw size={13} aria-hidden />
        </IconButton>
      </div>
      {props.tables.status === 'loading' ? (
        <p className={styles.note} role="status">
          <Spinner size={14} /> Looking the tables up…
        </p>
      ) : lines.length === 0 ? (
        <p className={styles.note}>
          {search === '' ? 'The database has no tables yet.' : `No table matches “${search}”.`}
        </p>
      ) : (
        <div id={`${id}-tree`} role="tree" aria-label="Tables" className={styles.tree}>
          {lines.map((line) => (
            // The keyboard is the search field's, which points here by aria-activedescendant.
            <div
              key={line.id}
              id={`${id}-${line.id}`}
              ref={(element) => {
                if (line === active && hasMoved) element?.scrollIntoView({ block: 'nearest' })
              }}
              role="treeitem"
              tabIndex={-1}
              aria-level={line.depth + 1}
              aria-expanded={line.isExpandable ? line.isExpanded : undefined}
              aria-selected={line === active}
              className={styles.line}
              title={`Insert ${line.insert}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onInsert(line.insert)}
            >
              {!line.isExpandable ? (
                <span className={styles.inset}>
                  {line.isKey === true && <KeyRound size={12} aria-label="key" />}
                </span>
              ) : (
                <span
                  className={styles.chevron}
                  data-open={line.isExpanded || undefined}
                  onClick={(event) => {
                    event.stopPropagation()
                    toggle(line)
                  }}
                >
                  <ChevronRight size={14} aria-hidden />
                  <Table2 size={14} aria-hidden />
                </span>
              )}
              <span className={styles.name}>{line.name}</span>
              {line.type !== undefined && <span className={styles.type}>{line.type}</span>}
            </div>
          ))}
        </div>
      )}
    </>
  )
}

function columnLines(
  table: string,
  lookup: Lookup<Table>,
  system: NodeDatabase['system'],
): readonly Line[] {
  const inTable = { depth: 1, isExpandable: false, isExpanded: false }
  switch (lookup.status) {
    case 'none':
      return []
    case 'loading':
      return [{ ...inTable, id: `${table}/`, insert: '', name: 'Looking the columns up…' }]
    case 'failed':
      return [{ ...inTable, id: `${table}/`, insert: '', name: lookup.error.message }]
    case 'ready':
      return lookup.value.columns.map(({ name, databaseType, key }) => ({
        ...inTable,
        id: `${table}/${name}`,
        insert: identifierText(system, name),
        name,
        type: databaseType,
        isKey: key,
      }))
  }
}
