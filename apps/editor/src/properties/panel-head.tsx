import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { placePanels } from '../app/panel-layout.ts'
import { focusRegion } from '../app/regions.ts'
import { IconButton } from '../ui/icon-button.tsx'
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

/** What the panel is about, and the way back to the canvas, which it covers in a narrow window. */
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
      <div className={styles.headActions}>
        {actions}
        <IconButton label="Close properties" onClick={closeProperties}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </header>
  )
}

function closeProperties(): void {
  placePanels({ isPropertiesOpen: false })
  requestAnimationFrame(() => focusRegion('canvas'))
}
