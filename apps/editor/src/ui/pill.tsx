import type { ReactNode } from 'react'
import styles from './pill.module.css'

export type PillTone = 'neutral' | 'ok' | 'running' | 'warning' | 'error' | 'accent'

export interface PillProps {
  readonly tone?: PillTone
  /** Colour never speaks alone: give a picture, or text that says the same. */
  readonly icon?: ReactNode
  readonly children: ReactNode
}

/** A short state, such as `182 ms` or `2 problems`. */
export function Pill({ tone = 'neutral', icon, children }: PillProps) {
  return (
    <span className={styles.pill} data-tone={tone}>
      {icon}
      {children}
    </span>
  )
}
