import type { ReactNode } from 'react'
import styles from './tag-chip.module.css'

export interface TagChipProps {
  readonly tag: string
  /** A button behind its name, such as one that takes it away. */
  readonly children?: ReactNode
}

/** A tag as it stands on a card or in a field. All tags look the same: a page of them stays calm. */
export function TagChip({ tag, children }: TagChipProps) {
  return (
    <span className={styles.chip}>
      <span className={styles.name}>{tag}</span>
      {children}
    </span>
  )
}
