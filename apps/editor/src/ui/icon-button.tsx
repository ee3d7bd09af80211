import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './icon-button.module.css'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label'> {
  /** Its name, for screen readers and in the tooltip. */
  readonly label: string
  /** Written `Ctrl+Z`; shown in the tooltip. */
  readonly shortcut?: string
  /** For a toggle: whether it is on. */
  readonly isPressed?: boolean
  readonly children: ReactNode
  readonly tooltipSide?: 'top' | 'bottom' | 'left' | 'right'
}

/** A 28-pixel button with a picture only. */
export function IconButton({
  label,
  shortcut,
  isPressed,
  className,
  tooltipSide = 'bottom',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut} side={tooltipSide}>
      <button
        {...rest}
        type="button"
        aria-label={label}
        aria-pressed={isPressed}
        className={classNames(styles.button, className)}
      />
    </Tooltip>
  )
}
