import {
  conditionOperators,
  hasRightSide,
  readBinding,
  readConditions,
  required,
  typeOfBinding,
  type ConditionOperator,
  type ConditionRow,
  type Conditions,
  type JsonValue,
  type Problem,
  type Type,
  type VisibleVariables,
} from '@millrace/flow'
import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { CellProblems, isAt } from './cell-problems.tsx'
import { operatorAfter, operatorsFor } from './condition-operators.ts'
import styles from './conditions-control.module.css'
import type { ControlProps } from './control-props.ts'
import { readLiteralText, writeLiteralText } from './literal-text.ts'
import { useScopes } from './scopes.ts'
import { TextControl } from './text-control.tsx'

const matches = [
  { value: 'all', label: 'All of these hold' },
  { value: 'any', label: 'Any of these holds' },
] as const
const notation = { read: readLiteralText, write: writeLiteralText }
const newRow: ConditionRow = { left: '', operator: 'equals', right: '' }

export interface ConditionsControlProps extends Pick<
  ControlProps<'conditions'>,
  'nodeId' | 'value' | 'onChange' | 'labelId' | 'problems'
> {
  /** Where the conditions stand in the property's value. */
  readonly part?: readonly (string | number)[]
}

/** Condition rows: left side, operator, right side. */
export function ConditionsControl({
  nodeId,
  value,
  onChange,
  labelId,
  problems,
  part = [],
}: ConditionsControlProps) {
  const conditions: Conditions = (value === undefined ? undefined : readConditions(value)) ?? {
    match: 'all',
    rows: [newRow],
  }
  const write = ({ match, rows }: Conditions) =>
    onChange(rows.length === 0 ? undefined : { match, rows: rows.map((row) => ({ ...row })) })
  const writeRow = (index: number, row: ConditionRow) =>
    write({ ...conditions, rows: conditions.rows.with(index, row) })

  return (
    <div role="group" aria-labelledby={labelId} className={styles.conditions}>
      {conditions.rows.length > 1 && (
        <Select
          label="How the conditions count together"
          value={conditions.match}
          options={matches}
          onChange={(match) => write({ ...conditions, match })}
        />
      )}
      {conditions.rows.map((row, index) => (
        <Row
          // Rows have no id of their own, and their order never changes: they are added and removed.
          key={`${conditions.rows.length}-${index}`}
          nodeId={nodeId}
          number={index + 1}
          row={row}
          problems={problems}
          part={[...part, 'rows', index]}
          onChange={(changed) => writeRow(index, changed)}
          onRemove={
            value === undefined
              ? undefined
              : () => write({ ...conditions, rows: conditions.rows.toSpliced(index, 1) })
          }
        />
      ))}
      <Button
        size="small"
        variant="quiet"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => write({ ...conditions, rows: [...conditions.rows, newRow] })}
      >
        Add condition
      </Button>
    </div>
  )
}

interface RowProps {
  readonly nodeId: string
  readonly number: number
  readonly row: ConditionRow
  readonly problems: readonly Problem[]
  readonly part: readonly (string | number)[]
  readonly onChange: (row: ConditionRow) => void
  readonly onRemove: (() => void) | undefined
}

function Row({ nodeId, number, row, problems, part, onChange, onRemove }: RowProps) {
  const id = useId()
  const isWrong = (side: 'left' | 'right') => problems.some((one) => isAt(one, [...part, side]))
  const hasRight = hasRightSide(row.operator)
  const { scopes } = useScopes()
  const typeOf = (value: JsonValue) => typeOfSide(value, scopes.visibleAt(nodeId))
  const type = typeOf(row.left)
  return (
    <div role="group" aria-label={`Condition ${number}`} className={styles.row}>
      <span id={`${id}-left`} className="visually-hidden">
        Left side
      </span>
      <TextControl
        nodeId={nodeId}
        labelId={`${id}-left`}
        value={row.left}
        onChange={(left = '') => {
          // What was chosen for another value, and not filled in, gives way to what fits this one.
          const isOpen = row.right === undefined || row.right === ''
          const operator = isOpen ? operatorAfter(row.operator, typeOf(left)) : row.operator
          onChange(withOperator({ ...row, left }, operator))
        }}
        wanted="any"
        notation={notation}
        placeholder="Variable"
        isInvalid={isWrong('left')}
      />
      <CellProblems problems={problems} part={[...part, 'left']} value={row.left} />
      <div className={styles.operator}>
        <Select
          label="Operator"
          value={row.operator}
          options={optionsFor(type, row.operator)}
          onChange={(operator) => onChange(withOperator(row, operator))}
        />
        {onRemove !== undefined && (
          <IconButton label={`Remove condition ${number}`} onClick={onRemove}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      {hasRight && (
        <>
          <span id={`${id}-right`} className="visually-hidden">
            Right side
          </span>
          <TextControl
            nodeId={nodeId}
            labelId={`${id}-right`}
            value={row.right}
            onChange={(right) => onChange({ ...row, right: right ?? '' })}
            wanted="any"
            notation={notation}
            placeholder={rightPlaceholder(type)}
            isInvalid={isWrong('right')}
          />
          <CellProblems problems={problems} part={[...part, 'right']} value={row.right} />
        </>
      )}
    </div>
  )
}

/** A row with another operator; one that compares with nothing has no right side. */
function withOperator(row: ConditionRow, operator: ConditionOperator): ConditionRow {
  const { right, ...rest } = row
  return hasRightSide(operator) ? { ...rest, operator, right: right ?? '' } : { ...rest, operator }
}

/** Those that fit the value, and the one that is set. */
function optionsFor(type: Type, current: ConditionOperator) {
  const fitting = operatorsFor(type)
  const shown = fitting.includes(current) ? fitting : [...fitting, current]
  return shown.map((value) => ({ value, label: conditionOperators[value] }))
}

/** What is written down says nothing of what somebody means to compare it with. */
function typeOfSide(value: JsonValue, visible: VisibleVariables): Type {
  const kind = readBinding(value)?.kind
  return kind === undefined || kind === 'literal' ? 'any' : typeOfBinding(value, visible)
}

function rightPlaceholder(type: Type): string {
  const plain = required(type)
  if (plain === 'text') return 'Text or variable'
  return plain === 'number' ? 'Number or variable' : 'Text, number or variable'
}
