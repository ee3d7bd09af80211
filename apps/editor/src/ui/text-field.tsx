import { Field as Base } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import control from './control.module.css'

export interface TextFieldProps extends Omit<
  ComponentProps<'input'>,
  'onChange' | 'value' | 'defaultValue'
> {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isInvalid?: boolean
  /** Set in the fixed-width face, for ids and addresses. */
  readonly isMono?: boolean
}

/** One line of text. Inside a `Field` it takes the field's name; else give `aria-label`. */
export function TextField({
  value,
  onChange,
  isInvalid,
  isMono,
  className,
  ...rest
}: TextFieldProps) {
  return (
    <Base.Control
      {...rest}
      // One of several in a field goes by its own name, not by the field's.
      {...(rest['aria-label'] === undefined ? {} : { 'aria-labelledby': undefined })}
      value={value}
      onValueChange={onChange}
      {...(isInvalid ? { 'data-invalid': true } : {})}
      className={classNames(control.control, isMono && control.mono, className)}
    />
  )
}

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isMono?: boolean
}

/** Several lines of text. */
export function TextArea({ value, onChange, isMono, className, ...rest }: TextAreaProps) {
  return (
    <Base.Control
      value={value}
      onValueChange={onChange}
      className={classNames(control.control, control.area, isMono && control.mono, className)}
      render={<textarea {...rest} />}
    />
  )
}
