import type { SqlExpression, SqlParameter, SqlProperty } from '@millrace/flow'
import { TriangleAlert } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { runQuery } from '../api/databases-api.ts'
import { useKnownValues } from '../properties/known-values.ts'
import { useRows } from '../properties/use-rows.ts'
import frame from '../text-editor/editor-frame.module.css'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import { knownTextOf } from '../trials/known-text.ts'
import { TrialDialog } from '../trials/trial-dialog.tsx'
import layout from '../trials/trial-dialog.module.css'
import { useTrial } from '../trials/use-trial.ts'
import { Button } from '../ui/button.tsx'
import { errorRange } from './error-range.ts'
import { LazySqlEditor } from './lazy-sql-editor.tsx'
import { missingParameters, withRenamedParameter } from './parameters-in.ts'
import styles from './sql-dialog.module.css'
import {
  isBlank,
  newParameter,
  SqlParameters,
  whyNotParameters,
  type ParameterRow,
} from './sql-parameters.tsx'
import { TableList } from './table-list.tsx'
import { TestRun, type TriedQuery } from './test-run.tsx'
import { readTestValue } from './test-values.ts'
import { useDatabase } from './use-database.ts'
import { useKnownTables } from './use-known-tables.ts'

export interface SqlDialogProps {
  readonly nodeId: string
  readonly property: SqlProperty
  readonly sql: SqlExpression
  readonly onAccept: (sql: SqlExpression) => void
  readonly onClose: () => void
}

/** The large editor of a statement and its parameters, in which it can be tried. */
export function SqlDialog({ nodeId, property, sql, onAccept, onClose }: SqlDialogProps) {
  const database = useDatabase(nodeId, property.connection)
  const [statement, setStatement] = useState(sql.statement)
  const rows = useRows<ParameterRow>(sql.parameters)
  const values = useKnownValues(nodeId)
  const editor = useRef<SourceEditorHandle>(null)
  const labelId = useId()
  const notesId = useId()
  const { trial, start, stop } = useTrial(tryQuery)

  const parameters = rows.list
    .filter((row) => !isBlank(row))
    .map(({ name, type, value }): SqlParameter => ({ name, type, value }))
  const draft: SqlExpression = { statement, parameters }
  const isChanged = JSON.stringify(draft) !== JSON.stringify(sql)
  const testText = (row: ParameterRow) => row.testText ?? knownTextOf(row.value, values)
  const names = parameters.map(({ name }) => name)
  const missing = missingParameters(statement, database.system, names)
  const tables = useKnownTables(database, statement)
  const refusal = whyNotParameters(parameters)
  const { connectionId } = database
  const canRun = connectionId !== undefined && statement.trim() !== '' && refusal === undefined
  const tryIt = () => {
    if (!canRun) return
    const tried = rows.list
      .filter((row) => !isBlank(row))
      .map((row) => ({
        name: row.name,
        type: row.type,
        value: readTestValue(testText(row), row.type),
      }))
    start({ connectionId, statement, parameters: tried })
  }
  // A mark stays where it was made for; what is written since is not wrong for that.
  const problem =
    trial.status === 'failed' && trial.tried.statement === statement
      ? errorRange(statement, trial.error.details)
      : undefined

  return (
    <TrialDialog
      title={`SQL expression - ${database.title}`}
      isChanged={isChanged}
      refusal={refusal}
      onAccept={() => onAccept(draft)}
      onClose={onClose}
      onKeep={() => editor.current?.focus()}
      onTry={tryIt}
      aside={
        <div className={styles.aside}>
          <div className={styles.tables}>
            <TableList
              database={database}
              onInsert={(text) => text !== '' && editor.current?.insert(text)}
            />
          </div>
        </div>
      }
    >
      <section className={layout.section}>
        <h3 id={labelId} className={layout.heading}>
          Statement
        </h3>
        <div className={`${frame.frame} ${frame.filled} ${styles.editor}`}>
          <LazySqlEditor
            handle={editor}
            text={statement}
            onChange={setStatement}
            labelledBy={labelId}
            describedBy={notesId}
            placeholder={examples[database.system]}
            isMultiline
            isDraft
            isRequired
            isInvalid={problem !== undefined}
            system={database.system}
            parameters={names}
            tables={tables}
            problem={problem}
          />
        </div>
        <div id={notesId} className={styles.notes} role="status">
          {missing.map((name) => (
            <p key={name} className={styles.warning}>
              <TriangleAlert size={14} aria-hidden />
              <span>
                There is no parameter <code>@{name}</code> yet.
              </span>
              <Button
                size="small"
                onClick={() => {
                  rows.add(newParameter(name))
                  editor.current?.focus()
                }}
              >
                Add parameter @{name}
              </Button>
            </p>
          ))}
        </div>
      </section>
      <SqlParameters
        nodeId={nodeId}
        rows={rows}
        testText={testText}
        onRename={(from, to) =>
          setStatement(withRenamedParameter(statement, database.system, { from, to }))
        }
      />
      <TestRun trial={trial} canRun={canRun} onRun={tryIt} onStop={stop} />
    </TrialDialog>
  )
}

/** What a database changes when a statement is tried is undone. */
function tryQuery({ connectionId, ...query }: TriedQuery, signal: AbortSignal) {
  return runQuery(connectionId, { ...query, signal })
}

const examples = {
  postgres: 'select history from chat_history where session_id = @SessionId',
  sqlserver: 'SELECT History FROM ChatHistory WHERE SessionId = @SessionId',
} as const
