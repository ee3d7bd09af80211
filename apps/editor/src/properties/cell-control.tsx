import { property, readBinding, readFormat, type JsonValue, type Type } from '@millrace/flow'
import { useId, useRef, useState } from 'react'
import type { Suggestions } from './chip-editor.tsx'
import styles from './cell-control.module.css'
import { ExpressionControl } from './expression-control.tsx'
import type { FieldMode } from './field-mode.ts'
import { readLiteralText, writeLiteralText } from './literal-text.ts'
import { switchWithMemory, type ModeMemory } from './mode-memory.ts'
import { ModeSwitch } from './mode-switch.tsx'
import { TextControl, type TextNotation } from './text-control.tsx'

export interface CellControlProps {
  readonly nodeId: string
  /** Its name, for screen readers. */
  readonly label: string
  /** A binding; null when nothing is set. */
  readonly value: JsonValue
  readonly onChange: (value: JsonValue) => void
  readonly wanted: Type
  readonly placeholder?: string
  /** How a literal is written as text; as the type says when not given. */
  readonly notation?: TextNotation
  /** Suggested while somebody types. */
  readonly suggestions?: Suggestions
  readonly isInvalid?: boolean
}

const anyNotation: TextNotation = { read: readLiteralText, write: writeLiteralText }
/** For the meaning that a value keeps when its cell is switched to another way. */
const anyValue = property.value({ label: 'Value' })
const modes = ['literal', 'expression'] as const satisfies readonly FieldMode[]

/** A binding inside a value: text with variables, a literal, or an expression. */
export function CellControl(props: CellControlProps) {
  const { nodeId, label, value, onChange, wanted, placeholder = '', suggestions } = props
  const labelId = useId()
  const binding = readBinding(value)
  const isExpression = binding?.kind === 'expression'
  // An expression that only formats a variable is a chip, until it is asked for as an expression.
  const isWritten = isExpression && readFormat(binding.source) === undefined
  const [chosen, setChosen] = useState<FieldMode>(isWritten ? 'expression' : 'literal')
  const mode = isWritten ? 'expression' : isExpression || value === null ? chosen : 'literal'
  const remembered = useRef<ModeMemory>(new Map())
  const change = (next: FieldMode) => {
    setChosen(next)
    const switched = switchWithMemory(
      { value: value ?? undefined, from: mode, to: next, property: anyValue },
      remembered.current,
    )
    remembered.current = switched.memory
    onChange(switched.value ?? null)
  }
  const notation = props.notation ?? (wanted === 'text' ? undefined : anyNotation)

  return (
    <div className={styles.cell}>
      <span id={labelId} className="visually-hidden">
        {label}
      </span>
      <div className={styles.control}>
        {mode === 'expression' ? (
          <ExpressionControl
            nodeId={nodeId}
            source={isExpression ? binding.source : ''}
            onChange={(source) => onChange(source === '' ? null : { $expr: source })}
            labelId={labelId}
            isRequired={false}
            wanted={wanted}
            lastValue={null}
          />
        ) : (
          <TextControl
            nodeId={nodeId}
            labelId={labelId}
            value={value ?? undefined}
            onChange={(changed) => onChange(changed ?? null)}
            wanted={wanted}
            placeholder={placeholder}
            isInvalid={props.isInvalid ?? false}
            {...(notation === undefined ? {} : { notation })}
            {...(suggestions === undefined
              ? {}
              : { suggestions: { ...suggestions, label: `Choices for ${label}` } })}
          />
        )}
      </div>
      <ModeSwitch modes={modes} mode={mode} onChange={change} describedBy={labelId} />
    </div>
  )
}
