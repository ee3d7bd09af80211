import type { ComponentProps, ReactNode } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'
import { Spinner } from './spinner.tsx'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** One `primary` at most in a view; `quiet` has no border until it is hovered. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
  readonly icon?: ReactNode
  /** Shown behind the label, written `Ctrl+Enter`; the shortcut itself is bound elsewhere. */
  readonly shortcut?: string
  /** Shows a spinner in the icon's place and takes no clicks. */
  readonly isBusy?: boolean
  readonly type?: 'button' | 'submit'
}

/** A labelled button. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  shortcut,
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
      aria-keyshortcuts={shortcut?.replace('Ctrl', 'Control')}
      className={classNames(styles.button, styles[variant], styles[size], className)}
    >
      {isBusy ? <Spinner size={14} /> : icon}
      {children}
      {shortcut !== undefined && (
        <span className={styles.shortcut} aria-hidden>
          <Kbd keys={shortcut} />
        </span>
      )}
    </button>
  )
}
