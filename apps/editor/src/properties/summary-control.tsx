import { Pencil } from 'lucide-react'
import { Suspense, use, useEffect, useId, useState, type ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { FieldProblemsContext } from './field-problems.ts'
import styles from './summary-control.module.css'

export interface SummaryControlProps {
  readonly labelId: string
  readonly describedBy?: string | undefined
  readonly isInvalid?: boolean
  /** One line that stands for the value; `undefined` when there is none. */
  readonly summary: ReactNode
  /** Shown where there is no value. */
  readonly placeholder: string
  /** What the pencil does, in words. */
  readonly editLabel: string
  /** The dialog in which the value is edited; it calls `close` when it is done. */
  readonly dialog: (close: () => void) => ReactNode
}

/** A value that is edited in a dialog of its own: one line that opens it. */
export function SummaryControl(props: SummaryControlProps) {
  const { labelId, summary } = props
  const [isOpen, setOpen] = useState(false)
  const { wanted } = use(FieldProblemsContext)
  useEffect(() => {
    if (wanted !== undefined) setOpen(true)
  }, [wanted])
  const valueId = useId()
  return (
    <div className={styles.box} data-invalid={props.isInvalid || undefined}>
      <button
        type="button"
        className={styles.summary}
        aria-labelledby={`${labelId} ${valueId}`}
        aria-describedby={props.describedBy}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span id={valueId}>
          {summary ?? <span className={styles.empty}>{props.placeholder || 'Not set'}</span>}
        </span>
      </button>
      <IconButton
        label={props.editLabel}
        aria-describedby={labelId}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Pencil size={14} aria-hidden />
      </IconButton>
      {isOpen && <Suspense>{props.dialog(() => setOpen(false))}</Suspense>}
    </div>
  )
}
