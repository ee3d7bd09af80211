import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type { ReactElement, ReactNode } from 'react'
import styles from './popup.module.css'

export interface ContextMenuProps {
  /** `MenuItem`s, `MenuSeparator`s and the like. */
  readonly content: ReactNode
  /** Called before it opens and after it closed, so that the content can follow what was clicked. */
  readonly onOpenChange?: (isOpen: boolean) => void
  /** The element that is clicked with the other button; it must take a ref. */
  readonly children: ReactElement
}

/** A menu at the pointer, opened by the other mouse button, Shift+F10 or the menu key. */
export function ContextMenu({ content, onOpenChange, children }: ContextMenuProps) {
  return (
    <Base.Root {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner}>
          <Base.Popup className={styles.popup}>{content}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
