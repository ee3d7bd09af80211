import {
  isIdentifier,
  typeOfColumnType,
  type SqlExpression,
  type SqlParameter,
  type SqlProperty,
} from '@millrace/flow'
import { TriangleAlert } from 'lucide-react'
import { useId, useMemo, useRef, useState } from 'react'
import { CellControl } from '../properties/cell-control.tsx'
import { DraftDialog } from '../properties/draft-dialog.tsx'
import { useLastValues } from '../properties/last-values.ts'
import { RowsTable } from '../properties/rows-table.tsx'
import { useRows } from '../properties/use-rows.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ColumnTypeChoiceSelect } from './column-type-select.tsx'
import { errorRange } from './error-range.ts'
import { tableText } from './identifier-text.ts'
import { LazySqlEditor } from './lazy-sql-editor.tsx'
import { missingParameters } from './parameters-in.ts'
import type { SqlEditorHandle } from './sql-editor.tsx'
import styles from './sql-dialog.module.css'
import { TableList } from './table-list.tsx'
import { useEachTable, useTables, writtenName } from './tables.ts'
import { TestRun } from './test-run.tsx'
import { readTestValue, testTextOf } from './test-values.ts'
import { useDatabase, type NodeDatabase } from './use-database.ts'
import { useTestRun } from './use-test-run.ts'

export interface SqlDialogProps {
  readonly nodeId: string
  readonly property: SqlProperty
  readonly sql: SqlExpression
  readonly onAccept: (sql: SqlExpression) => void
  readonly onClose: () => void
}

/** A parameter while it is edited, with what it is tried with once that was typed. */
interface ParameterRow extends SqlParameter {
  readonly testText?: string
}

const columns = [
  { title: 'Name', width: 128 },
  { title: 'Type', width: 124 },
  { title: 'Value', help: 'What the statement gets when the flow runs. Empty: null.' },
  { title: 'Test value', width: 120, help: 'What a test run gives the statement. Empty: null.' },
]

/** The large editor of a statement and its parameters, in which it can be tried. */
export function SqlDialog({ nodeId, property, sql, onAccept, onClose }: SqlDialogProps) {
  const database = useDatabase(nodeId, property.connection)
  const [statement, setStatement] = useState(sql.statement)
  const rows = useRows<ParameterRow>(sql.parameters)
  const lastValues = useLastValues(nodeId)
  const editor = useRef<SqlEditorHandle>(null)
  const labelId = useId()
  const notesId = useId()
  const { run, start, stop } = useTestRun(database.connectionId)

  const parameters = rows.list.map(({ name, type, value }): SqlParameter => ({ name, type, value }))
  const draft: SqlExpression = { statement, parameters }
  const isChanged = JSON.stringify(draft) !== JSON.stringify(sql)
  const testText = (row: ParameterRow) => row.testText ?? testTextOf(row.value, lastValues)
  const names = parameters.map(({ name }) => name)
  const missing = missingParameters(statement, database.system, names)
  const tables = useKnownTables(database, statement)
  const tryIt = () =>
    start({
      statement,
      parameters: rows.list
        .filter(({ name }) => name !== '')
        .map((row) => ({
          name: row.name,
          type: row.type,
          value: readTestValue(testText(row), row.type),
        })),
    })
  // A mark stays where it was made for; what is written since is not wrong for that.
  const problem =
    run.status === 'failed' && run.statement === statement
      ? errorRange(statement, run.error.details)
      : undefined

  return (
    <DraftDialog
      title={`SQL expression - ${database.title}`}
      size="wide"
      isChanged={isChanged}
      onAccept={() => onAccept(draft)}
      onClose={onClose}
      onKeep={() => editor.current?.focus()}
      onCtrlEnter={tryIt}
    >
      <div className={styles.sides}>
        <div className={styles.main}>
          <section className={styles.section}>
            <h3 id={labelId} className={styles.heading}>
              Statement
            </h3>
            <div className={styles.editor}>
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
          <section className={styles.section} aria-label="Parameters">
            <h3 className={styles.heading}>Parameters</h3>
            <RowsTable
              label="Parameters"
              noun="parameter"
              columns={columns}
              rows={rows}
              newRow={() => newParameter('')}
              nameOf={({ name }) => (name === '' ? undefined : `@${name}`)}
              empty={
                <>
                  None yet. Write <code>@name</code> where the statement needs a value: values are
                  bound, and never become a part of its text.
                </>
              }
              note={({ name }, index) => noteOf(whyNotName(name, names.slice(0, index)))}
              cells={(row, index, name) => [
                <TextField
                  aria-label={`Name of ${name}`}
                  isMono
                  spellCheck={false}
                  value={row.name}
                  onChange={(typed) =>
                    rows.change(index, { ...row, name: typed.replace(/^@/, '').trim() })
                  }
                />,
                <ColumnTypeChoiceSelect
                  label={`Type of ${name}`}
                  value={row.type}
                  onChange={(type) => rows.change(index, { ...row, type })}
                />,
                <CellControl
                  nodeId={nodeId}
                  label={`Value of ${name}`}
                  value={row.value}
                  wanted={typeOfColumnType(row.type)}
                  placeholder="null"
                  onChange={(value) => rows.change(index, { ...row, value })}
                />,
                <TextField
                  aria-label={`Test value of ${name}`}
                  spellCheck={false}
                  placeholder="null"
                  value={testText(row)}
                  onChange={(text) => rows.change(index, { ...row, testText: text })}
                />,
              ]}
            />
          </section>
          <TestRun
            run={run}
            canRun={database.connectionId !== undefined && statement.trim() !== ''}
            onRun={tryIt}
            onStop={stop}
          />
        </div>
        <div className={styles.aside}>
          <div className={styles.tables}>
            <TableList
              database={database}
              onInsert={(text) => text !== '' && editor.current?.insert(text)}
            />
          </div>
        </div>
      </div>
    </DraftDialog>
  )
}

const examples = {
  postgres: 'select history from chat_history where session_id = @SessionId',
  sqlserver: 'SELECT History FROM ChatHistory WHERE SessionId = @SessionId',
} as const

function newParameter(name: string): ParameterRow {
  return { name, type: 'auto', value: null }
}

function whyNotName(name: string, before: readonly string[]): string | undefined {
  if (name === '') return undefined
  if (!isIdentifier(name)) return 'A name is a letter first, then letters, digits and _ only.'
  const isTaken = before.some((other) => other.toLowerCase() === name.toLowerCase())
  return isTaken ? `There are two parameters named @${name}.` : undefined
}

function noteOf(fault: string | undefined) {
  return fault === undefined ? undefined : <p className={styles.fault}>{fault}</p>
}

/** So many tables of a statement are looked up for their columns. */
const mostColumnsOf = 8

/** The tables of the connection for completion, with columns of those that the statement names. */
function useKnownTables(
  { system, connectionId }: NodeDatabase,
  statement: string,
): Readonly<Record<string, readonly string[]>> {
  const list = useTables(connectionId)
  const known = list.status === 'ready' ? list.value : []
  const words = new Set(statement.toLowerCase().match(/\w+/g) ?? [])
  const named = known
    .filter(({ name }) => words.has(name.toLowerCase()))
    .slice(0, mostColumnsOf)
    .map(writtenName)
  const tables = useEachTable(connectionId, named)
  const found = Object.fromEntries(
    known.map((table) => {
      const lookup = tables[named.indexOf(writtenName(table))]
      const names = lookup?.status === 'ready' ? lookup.value.columns.map(({ name }) => name) : []
      return [tableText(system, table), names] as const
    }),
  )
  // The same tables stay the same object, so that the editor is told of news only.
  const print = JSON.stringify(found)
  return useMemo(() => JSON.parse(print) as typeof found, [print]) // written one line above
}
