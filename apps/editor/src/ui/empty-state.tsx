import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

export interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: string
  /** What this place is for, or what went wrong and what to do. */
  readonly children?: ReactNode
  /** One next action, at most two. */
  readonly actions?: ReactNode
  /** `inline` for a panel, `page` for a whole screen. */
  readonly size?: 'inline' | 'page'
}

/** What a place says while it has nothing to show: empty, failed, not found. */
export function EmptyState({ icon, title, children, actions, size = 'inline' }: EmptyStateProps) {
  const Heading = size === 'page' ? 'h1' : 'h2'
  return (
    <div className={styles.state} data-size={size}>
      {icon !== undefined && <div className={styles.icon}>{icon}</div>}
      <Heading className={styles.title}>{title}</Heading>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
