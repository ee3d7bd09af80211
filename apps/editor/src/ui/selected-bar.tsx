import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import styles from './selected-bar.module.css'

interface SelectedBarProps {
  /** What is selected: *Selected runs*. */
  readonly name: string
  readonly count: number
  readonly onSelectNothing: () => void
  /** What can be done with it. */
  readonly children: ReactNode
}

/** The bar at the foot of a page while things of its list are selected; the page ends above it. */
export function SelectedBar({ name, count, onSelectNothing, children }: SelectedBarProps) {
  return (
    <footer className={styles.bar}>
      <div className={styles.tools} role="toolbar" aria-label={name}>
        <span className={styles.count} role="status">
          {count.toLocaleString('en')} selected
        </span>
        {children}
        <IconButton label="Select nothing" tooltipSide="top" onClick={onSelectNothing}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </footer>
  )
}
