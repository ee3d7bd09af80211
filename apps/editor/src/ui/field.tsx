import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './field.module.css'

export interface FieldProps {
  readonly label: ReactNode
  readonly isRequired?: boolean
  /** One or two sentences below the control. */
  readonly help?: ReactNode
  /** What is wrong and what to do; takes the place of the help. */
  readonly error?: ReactNode
  /** A small control at the right of the label. */
  readonly action?: ReactNode
  readonly className?: string
  /** A control of this folder; it takes its name, description and validity from the field. */
  readonly children: ReactNode
}

/** A control with its label, help and error. */
export function Field(props: FieldProps) {
  const isInvalid = props.error !== undefined && props.error !== null && props.error !== false
  return (
    <Base.Root className={classNames(styles.field, props.className)} invalid={isInvalid}>
      <div className={styles.head}>
        <Base.Label className={styles.label}>
          {props.label}
          {props.isRequired && (
            <span className={styles.required} title="Required">
              <span aria-hidden>*</span>
              <span className="visually-hidden"> (required)</span>
            </span>
          )}
        </Base.Label>
        {props.action}
      </div>
      {props.children}
      {isInvalid ? (
        <Base.Error match className={styles.error}>
          {props.error}
        </Base.Error>
      ) : (
        props.help !== undefined && (
          <Base.Description className={styles.help}>{props.help}</Base.Description>
        )
      )}
    </Base.Root>
  )
}
