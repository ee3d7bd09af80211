import { readSqlExpression } from '@millrace/flow'
import { useEffect } from 'react'
import { placeholderOf, type ControlProps } from '../properties/control-props.ts'
import { JsonControl } from '../properties/json-control.tsx'
import { SummaryControl } from '../properties/summary-control.tsx'
import styles from './sql-control.module.css'
import { LazySqlDialog, preloadDialogs } from './lazy-dialogs.ts'

/** A SQL statement with its parameters: its first line, and the dialog in which it is edited. */
export function SqlControl(props: ControlProps<'sql'>) {
  const { nodeId, property, value, onChange } = props
  useEffect(preloadDialogs, [])
  const sql = value === undefined ? noSql : readSqlExpression(value)
  // From a file, or from an older definition.
  if (sql === undefined) return <JsonControl {...props} title="Edit as JSON" />
  const count = sql.parameters.length
  return (
    <SummaryControl
      {...props}
      placeholder={placeholderOf(property) || 'Write a statement'}
      editLabel="Edit SQL expression"
      summary={
        sql.statement.trim() === '' ? undefined : (
          <span className={styles.summary}>
            <code className={styles.statement}>{firstLineOf(sql.statement)}</code>
            <span className={styles.count}>
              {count === 1 ? '1 parameter' : `${count} parameters`}
            </span>
          </span>
        )
      }
      dialog={(close) => (
        <LazySqlDialog
          nodeId={nodeId}
          property={property}
          sql={sql}
          onAccept={({ statement, parameters }) => {
            const rows = parameters.map((parameter) => ({ ...parameter }))
            onChange(
              statement.trim() === '' && rows.length === 0
                ? undefined
                : { statement, parameters: rows },
            )
            close()
          }}
          onClose={close}
        />
      )}
    />
  )
}

const noSql = { statement: '', parameters: [] }

function firstLineOf(statement: string): string {
  const [first = ''] = statement.trim().split('\n')
  return first.trim() === statement.trim() ? first.trim() : `${first.trim()} …`
}
