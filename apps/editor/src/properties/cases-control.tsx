import {
  newCase,
  noCondition,
  property,
  readBinding,
  readCases,
  type Case,
  type JsonValue,
  type Problem,
} from '@millrace/flow'
import { GripVertical, Plus, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './cases-control.module.css'
import { ConditionsControl } from './conditions-control.tsx'
import type { ControlProps } from './control-props.ts'
import { ExpressionControl } from './expression-control.tsx'
import type { FieldMode } from './field-mode.ts'
import { JsonControl } from './json-control.tsx'
import { switchWithMemory, type ModeMemory } from './mode-memory.ts'
import { ModeSwitch } from './mode-switch.tsx'
import { gapOf, useReorder } from './use-reorder.ts'

/** Ordered cases, each with a name and a condition: those of *If-Else*, whose exits they are. */
export function CasesControl(props: ControlProps<'cases'>) {
  const cases = props.value === undefined ? [] : readCases(props.value)
  const ids = new Set(cases?.map(({ id }) => id))
  // From a file. Without ids of their own, cases cannot be told apart while they are edited.
  if (cases === undefined || ids.size < cases.length) {
    return <JsonControl {...props} title="Edit as JSON" />
  }
  return <CaseList {...props} cases={cases} />
}

interface CaseListProps extends ControlProps<'cases'> {
  readonly cases: readonly Case[]
}

function CaseList({ nodeId, cases, onChange, labelId, problems }: CaseListProps) {
  const [announced, setAnnounced] = useState('')
  const isAdded = useRef(false)
  const write = (changed: readonly Case[], step?: string) =>
    onChange(changed.length === 0 ? undefined : changed.map((one) => ({ ...one })), step)
  const { listRef, drag, gripOf } = useReorder((from, to) => {
    const moved = cases[from]
    if (moved === undefined) return
    write(cases.toSpliced(from, 1).toSpliced(to, 0, moved), 'Move a case')
    setAnnounced(`${moved.name || 'The case'} is now case ${to + 1} of ${cases.length}.`)
  })
  const add = () => {
    isAdded.current = true
    write([...cases, newCase(cases)], 'Add a case')
  }

  useEffect(() => {
    if (!isAdded.current) return
    isAdded.current = false
    const name = listRef.current?.lastElementChild?.querySelector('input')
    name?.focus()
    name?.select()
  }, [cases.length, listRef])

  return (
    <div role="group" aria-labelledby={labelId} className={styles.whole}>
      <ol ref={listRef} className={styles.cases} data-dragging={drag !== undefined || undefined}>
        {cases.map((one, index) => (
          <li
            key={one.id}
            className={styles.case}
            data-dragged={drag?.from === index || undefined}
            data-gap={gapOf(drag?.gap, index, cases.length)}
          >
            <div className={styles.head}>
              <IconButton
                label={`Move ${nameOf(one, index)}`}
                aria-description="Drag it, or press the up and down arrow keys."
                className={styles.grip}
                {...gripOf(index)}
              >
                <GripVertical size={14} aria-hidden />
              </IconButton>
              <TextField
                aria-label={`Name of case ${index + 1}`}
                placeholder={`Case ${index + 1}`}
                isInvalid={one.name.trim() === ''}
                value={one.name}
                onChange={(name) => write(cases.with(index, { ...one, name }))}
              />
              <IconButton
                label={`Remove ${nameOf(one, index)}`}
                onClick={() => write(cases.toSpliced(index, 1), 'Remove a case')}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </div>
            <Condition
              nodeId={nodeId}
              label={`Condition of ${nameOf(one, index)}`}
              value={one.condition}
              problems={problems}
              part={[index, 'condition']}
              onChange={(condition) => write(cases.with(index, { ...one, condition }))}
            />
          </li>
        ))}
      </ol>
      <div className={styles.commands}>
        <Button size="small" variant="quiet" icon={<Plus size={14} aria-hidden />} onClick={add}>
          Add case
        </Button>
        {cases.length > 0 && <span className={styles.otherwise}>When none holds: Else</span>}
      </div>
      <span className="visually-hidden" role="status">
        {announced}
      </span>
    </div>
  )
}

const conditionModes = ['literal', 'expression'] as const satisfies readonly FieldMode[]
/** For the meaning that a condition keeps when it is given in another way. */
const anyCondition = property.conditions({ label: 'Condition' })

function nameOf({ name }: Case, index: number): string {
  return name.trim() || `case ${index + 1}`
}

/** Where the line is drawn at which a dragged item would land. */
interface ConditionProps {
  readonly nodeId: string
  readonly label: string
  readonly value: JsonValue
  readonly onChange: (condition: JsonValue) => void
  readonly problems: readonly Problem[]
  readonly part: readonly (string | number)[]
}

function Condition({ nodeId, label, value, onChange, problems, part }: ConditionProps) {
  const labelId = useId()
  const binding = readBinding(value)
  const isExpression = binding?.kind === 'expression'
  const isEmpty = JSON.stringify(value) === JSON.stringify(noCondition)
  const [chosen, setChosen] = useState<FieldMode>('literal')
  const mode = isExpression ? 'expression' : isEmpty ? chosen : 'literal'
  const remembered = useRef<ModeMemory>(new Map())
  const write = (condition: JsonValue | undefined) => onChange(condition ?? noCondition)
  const changeMode = (to: FieldMode) => {
    setChosen(to)
    const switched = switchWithMemory(
      { value: isEmpty ? undefined : value, from: mode, to, property: anyCondition },
      remembered.current,
    )
    remembered.current = switched.memory
    write(switched.value)
  }
  return (
    <div className={styles.condition}>
      <div className={styles.conditionHead}>
        <span id={labelId} className="visually-hidden">
          {label}
        </span>
        <span aria-hidden>when</span>
        <ModeSwitch
          modes={conditionModes}
          mode={mode}
          onChange={changeMode}
          describedBy={labelId}
        />
      </div>
      {mode === 'expression' ? (
        <ExpressionControl
          nodeId={nodeId}
          source={isExpression ? binding.source : ''}
          onChange={(source) => write(source === '' ? undefined : { $expr: source })}
          labelId={labelId}
          isRequired
          wanted="boolean"
          lastValue={null}
        />
      ) : (
        <ConditionsControl
          nodeId={nodeId}
          value={isEmpty ? undefined : value}
          onChange={write}
          labelId={labelId}
          problems={problems}
          part={part}
        />
      )}
    </div>
  )
}
