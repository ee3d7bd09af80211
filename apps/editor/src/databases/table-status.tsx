import type { TableColumn } from '@millrace/nodes'
import { CircleAlert, Database, RefreshCw, Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { LookupFailure } from './lookup-failure.tsx'
import styles from './table-status.module.css'
import { refreshTables } from './tables.ts'
import { isTableMissing, type NodeTable } from './use-node-table.ts'

export interface TableStatusProps {
  readonly of: NodeTable
  /** What can be done when the table is not there. */
  readonly whenMissing?: ReactNode
}

/** Which table a grid is about, and whether it could be looked up. */
export function TableStatus({ of: { database, name, table }, whenMissing }: TableStatusProps) {
  if (database.connectionId === undefined) {
    return (
      <Line icon={<Database size={14} aria-hidden />}>
        No connection is chosen, so the columns of the table are not known. They can be typed.
      </Line>
    )
  }
  if (name === undefined) {
    return (
      <Line icon={<Table2 size={14} aria-hidden />}>
        The name of the table is not known before the flow runs. The columns can be typed.
      </Line>
    )
  }
  switch (table.status) {
    case 'none':
    case 'loading':
      return (
        <Line icon={<Spinner size={14} />}>
          Looking the table <code>{name}</code> up…
        </Line>
      )
    case 'ready':
      return (
        <Line
          icon={<Table2 size={14} aria-hidden />}
          action={
            <IconButton
              label="Look the table up again"
              onClick={() => database.connectionId && refreshTables(database.connectionId)}
            >
              <RefreshCw size={13} aria-hidden />
            </IconButton>
          }
        >
          <code>{name}</code> has {countOf(table.value.columns)}.
        </Line>
      )
    case 'failed':
      return isTableMissing(table.error) ? (
        <Line icon={<CircleAlert size={14} aria-hidden />} isWrong>
          <span>{table.error.message}</span> {whenMissing}
        </Line>
      ) : (
        <div className={styles.failure}>
          <LookupFailure connectionId={database.connectionId} error={table.error} />
        </div>
      )
  }
}

interface LineProps {
  readonly icon: ReactNode
  readonly isWrong?: boolean
  readonly action?: ReactNode
  readonly children: ReactNode
}

function Line({ icon, isWrong, action, children }: LineProps) {
  return (
    <div className={styles.line} role="status" data-wrong={isWrong || undefined}>
      {icon}
      <span className={styles.text}>{children}</span>
      {action}
    </div>
  )
}

function countOf({ length }: readonly TableColumn[]): string {
  return length === 1 ? '1 column' : `${length} columns`
}
