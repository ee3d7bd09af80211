import type { Type } from '@millrace/flow'
import { ChevronDown } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { Chip } from './chip.tsx'
import styles from './reference-control.module.css'
import { nearestReferences, useChipLook, useScopes } from './scopes.ts'
import { VariablePicker } from './variable-picker.tsx'

export interface ReferenceControlProps {
  readonly nodeId: string
  readonly reference: string | undefined
  readonly onChange: (reference: string | undefined) => void
  readonly labelId: string
  readonly describedBy?: string | undefined
  readonly isInvalid?: boolean
  readonly placeholder?: string
  readonly wanted: Type
}

/** A variable, chosen from the tree of what is in scope. */
export function ReferenceControl(props: ReferenceControlProps) {
  const { nodeId, reference, labelId } = props
  const field = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [picking, setPicking] = useState<{ readonly nearest?: readonly string[] }>()
  const valueId = useId()
  const lookOf = useChipLook(nodeId)
  const { scopes } = useScopes()
  const look = reference === undefined ? undefined : lookOf(reference)

  return (
    <>
      <div
        ref={box}
        className={styles.box}
        data-invalid={props.isInvalid || undefined}
        onClick={() => setPicking({})}
      >
        <span id={valueId} className={styles.value}>
          {look === undefined ? (
            <span className={styles.empty}>{props.placeholder || 'Choose a variable'}</span>
          ) : (
            <Chip
              look={look}
              onRemove={() => props.onChange(undefined)}
              onFix={() =>
                setPicking({ nearest: nearestReferences(look.reference, scopes.at(nodeId)) })
              }
            />
          )}
        </span>
        <button
          ref={field}
          type="button"
          className={styles.open}
          aria-labelledby={labelId}
          aria-describedby={[valueId, props.describedBy].filter(Boolean).join(' ')}
          aria-haspopup="dialog"
          aria-expanded={picking !== undefined}
          onKeyDown={(event) => {
            if (event.key === 'Delete' || event.key === 'Backspace') props.onChange(undefined)
          }}
        >
          <ChevronDown size={14} aria-hidden />
        </button>
      </div>
      {picking !== undefined && (
        <VariablePicker
          nodeId={nodeId}
          wanted={props.wanted}
          anchor={box}
          {...picking}
          onChoose={(chosen) => {
            setPicking(undefined)
            props.onChange(chosen)
            field.current?.focus()
          }}
          onClose={() => {
            setPicking(undefined)
            field.current?.focus()
          }}
        />
      )}
    </>
  )
}
