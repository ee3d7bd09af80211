import type { ComponentProps, ReactNode } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Spinner } from './spinner.tsx'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** One `primary` at most in a view; `quiet` has no border until it is hovered. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
  readonly icon?: ReactNode
  /** Shows a spinner in the icon's place and takes no clicks. */
  readonly isBusy?: boolean
  readonly type?: 'button' | 'submit'
}

/** A labelled button. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  isBusy = false,
  type = 'button',
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={classNames(styles.button, styles[variant], styles[size], className)}
    >
      {isBusy ? <Spinner size={14} /> : icon}
      {children}
    </button>
  )
}
