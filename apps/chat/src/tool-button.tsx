import type { ComponentProps } from 'react'
import styles from './tool-button.module.css'

export interface ToolButtonProps extends ComponentProps<'button'> {
  /** Its name, also in its tooltip. */
  readonly label: string
}

/** A button that is a picture. */
export function ToolButton({ label, className, ...rest }: ToolButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      title={label}
      aria-label={label}
      className={`${styles.button} ${className ?? ''}`}
    />
  )
}
