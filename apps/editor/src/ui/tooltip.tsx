import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { countDrawing } from './count-drawing.ts'
import { Kbd } from './kbd.tsx'
import styles from './tooltip.module.css'

export interface TooltipProps {
  readonly label: ReactNode
  /** Shown behind the label, written `Ctrl+Enter`. */
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** The control it is about, which keeps its own name for screen readers. */
  readonly children: ReactElement
}

/** A short remark on a control, shown on hover and on keyboard focus. */
export function Tooltip({ label, shortcut, side = 'bottom', children }: TooltipProps) {
  countDrawing('tooltip', typeof label === 'string' ? label : 'help')
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {label}
            {shortcut !== undefined && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Lets tooltips that are near each other open without a wait; stands once around the app. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <Base.Provider delay={450}>{children}</Base.Provider>
}
