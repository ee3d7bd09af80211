import type { ReactNode } from 'react'
import styles from './properties-panel.module.css'

export interface PanelHeadProps {
  readonly icon: ReactNode
  /** The tint of its tile: a category of nodes, or `flow`. */
  readonly tone: string | undefined
  readonly title: ReactNode
  readonly subtitle: ReactNode
  /** Small controls at the right. */
  readonly actions?: ReactNode
}

/** What the panel is about. */
export function PanelHead({ icon, tone, title, subtitle, actions }: PanelHeadProps) {
  return (
    <header className={styles.head}>
      <span className={styles.tile} data-category={tone}>
        {icon}
      </span>
      <div className={styles.names}>
        <h2>{title}</h2>
        <p>{subtitle}</p>
      </div>
      {actions}
    </header>
  )
}
