import type { Type } from '@millrace/flow'
import { ChevronDown, Wand } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { withReference } from './chip-content.ts'
import type { ChipLook } from './chip-look.ts'
import { Chip } from './chip.tsx'
import { LazyFormatPicker } from './lazy-format-picker.tsx'
import styles from './reference-control.module.css'
import { nearestReferences, useChipLook, useScopes } from './scopes.ts'
import { VariablePicker } from './variable-picker.tsx'

export interface ReferenceControlProps {
  readonly nodeId: string
  /** What its chip holds: a variable, with or without a format. */
  readonly content: string | undefined
  readonly onChange: (content: string | undefined) => void
  readonly labelId: string
  readonly describedBy?: string | undefined
  readonly isInvalid?: boolean
  readonly placeholder?: string
  readonly wanted: Type
  /** Offers the variables when it comes, as after `/` in a field that held a literal. */
  readonly isOpenAtFirst?: boolean
}

/** A variable, chosen from the tree of what is in scope. */
export function ReferenceControl(props: ReferenceControlProps) {
  const { nodeId, content, labelId } = props
  const field = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [picking, setPicking] = useState<{ readonly broken?: ChipLook } | undefined>(
    props.isOpenAtFirst === true ? {} : undefined,
  )
  const [isFormatting, setFormatting] = useState(false)
  const valueId = useId()
  const lookOf = useChipLook(nodeId)
  const { scopes } = useScopes()
  const look = content === undefined ? undefined : lookOf(content)

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
              onFix={() => setPicking({ broken: look })}
              onFormat={() => setFormatting(true)}
            />
          )}
        </span>
        {content !== undefined && look?.tone !== 'broken' && (
          <IconButton
            label="Format value"
            className={styles.tool ?? ''}
            aria-describedby={labelId}
            aria-haspopup="dialog"
            onClick={(event) => {
              event.stopPropagation()
              setFormatting(true)
            }}
          >
            <Wand size={14} aria-hidden />
          </IconButton>
        )}
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
            if (event.key === '/') setPicking({})
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
          {...(picking.broken === undefined
            ? {}
            : { nearest: nearestReferences(picking.broken.reference, scopes.at(nodeId)) })}
          onChoose={(chosen) => {
            const isMended = picking.broken !== undefined && content !== undefined
            setPicking(undefined)
            props.onChange(isMended ? withReference(content, chosen, scopes.at(nodeId)) : chosen)
            field.current?.focus()
          }}
          onClose={() => {
            setPicking(undefined)
            field.current?.focus()
          }}
        />
      )}
      {isFormatting && content !== undefined && (
        <LazyFormatPicker
          nodeId={nodeId}
          content={content}
          wanted={props.wanted}
          anchor={box}
          onChange={props.onChange}
          onClose={() => {
            setFormatting(false)
            field.current?.focus()
          }}
        />
      )}
    </>
  )
}
