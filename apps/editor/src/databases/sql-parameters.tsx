import { isIdentifier, type SqlParameter } from '@millrace/flow'
import { useRef, type ReactNode } from 'react'
import { RowsTable } from '../properties/rows-table.tsx'
import type { Rows } from '../properties/use-rows.ts'
import layout from '../trials/trial-dialog.module.css'
import { TextField } from '../ui/text-field.tsx'
import { ColumnTypeChoiceSelect } from './column-type-select.tsx'
import { ColumnValueCell } from './column-value-cell.tsx'
import styles from './sql-dialog.module.css'

/** A parameter while it is edited, with what it is tried with once that was typed. */
export interface ParameterRow extends SqlParameter {
  readonly testText?: string
}

const columns = [
  { title: 'Name', width: 128 },
  { title: 'Type', width: 124 },
  { title: 'Value', help: 'What the statement gets when the flow runs. Empty: null.' },
  { title: 'Test value', width: 120, help: 'What a test run gives the statement. Empty: null.' },
]

export interface SqlParametersProps {
  readonly nodeId: string
  readonly rows: Rows<ParameterRow>
  /** What a parameter is tried with, as text. */
  readonly testText: (row: ParameterRow) => string
  /** Called when a parameter that had a name has got another one. */
  readonly onRename: (from: string, to: string) => void
}

/** The parameters of a statement: what they get when the flow runs, and when it is tried. */
export function SqlParameters({ nodeId, rows, testText, onRename }: SqlParametersProps) {
  const nameBefore = useRef('')
  const names = rows.list.map(({ name }) => name)
  return (
    <section className={layout.section} aria-label="Parameters">
      <h3 className={layout.heading}>Parameters</h3>
      <RowsTable
        label="Parameters"
        noun="parameter"
        columns={columns}
        rows={rows}
        newRow={() => newParameter('')}
        nameOf={({ name }) => (name === '' ? undefined : `@${name}`)}
        empty={
          <>
            None yet. Write <code>@name</code> where the statement needs a value: values are bound,
            and never become a part of its text.
          </>
        }
        note={({ name }, index) => noteOf(whyNotName(name, names.slice(0, index)))}
        cells={(row, index, name) => [
          <TextField
            aria-label={`Name of ${name}`}
            isMono
            spellCheck={false}
            value={row.name}
            onFocus={() => {
              nameBefore.current = row.name
            }}
            onBlur={() => {
              const from = nameBefore.current
              const isRenamed = from !== '' && row.name !== from && isIdentifier(row.name)
              if (isRenamed) onRename(from, row.name)
            }}
            onChange={(typed) =>
              rows.change(index, { ...row, name: typed.replace(/^@/, '').trim() })
            }
          />,
          <ColumnTypeChoiceSelect
            label={`Type of ${name}`}
            value={row.type}
            onChange={(type) => rows.change(index, { ...row, type })}
          />,
          <ColumnValueCell
            nodeId={nodeId}
            name={name}
            type={row.type}
            value={row.value}
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
  )
}

/** A parameter that nothing is said of yet but its name. */
export function newParameter(name: string): ParameterRow {
  return { name, type: 'auto', value: null }
}

/** Whether nothing is said of a parameter yet; such a row counts for nothing. */
export function isBlank({ name, value }: ParameterRow): boolean {
  return name === '' && value === null
}

/** Why parameters cannot go into the document, as a sentence; `undefined` when they can. */
export function whyNotParameters(parameters: readonly SqlParameter[]): string | undefined {
  const names = parameters.map(({ name }) => name)
  if (names.includes('')) return 'Every parameter needs a name.'
  return names
    .map((name, index) => whyNotName(name, names.slice(0, index)))
    .find((reason) => reason !== undefined)
}

function whyNotName(name: string, before: readonly string[]): string | undefined {
  if (name === '') return undefined
  if (!isIdentifier(name)) return 'A name is a letter first, then letters, digits and _ only.'
  const isTaken = before.some((other) => other.toLowerCase() === name.toLowerCase())
  return isTaken ? `There are two parameters named @${name}.` : undefined
}

function noteOf(fault: string | undefined): ReactNode {
  return fault === undefined ? undefined : <p className={styles.fault}>{fault}</p>
}
