import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
  /** Buttons at the bottom right, the primary one last. */
  readonly footer?: ReactNode
  /** False for a question that must be answered: neither Escape nor a click beside it closes it. */
  readonly isDismissible?: boolean
  /** False for a body of text only, which then takes the focus, so that keys can scroll it. */
  readonly hasControls?: boolean
  readonly children?: ReactNode
}

const firstField = 'input:not([type=radio], [type=file], [type=checkbox]), textarea'

/** A modal dialog; it holds the focus, at first in its first field if it has one, and gives it back. */
export function Dialog(props: DialogProps) {
  const isDismissible = props.isDismissible ?? true
  const body = useRef<HTMLDivElement>(null)
  return (
    <Base.Root
      open={props.isOpen}
      onOpenChange={(isOpen) => !isOpen && isDismissible && props.onClose()}
      disablePointerDismissal={!isDismissible}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            className={styles.popup}
            data-size={props.size ?? 'medium'}
            initialFocus={() => body.current?.querySelector<HTMLElement>(firstField) ?? true}
          >
            <header className={styles.head}>
              <div className={styles.heading}>
                <Base.Title className={styles.title}>{props.title}</Base.Title>
                {props.description !== undefined && (
                  <Base.Description className={styles.description}>
                    {props.description}
                  </Base.Description>
                )}
              </div>
              {isDismissible && (
                <IconButton label="Close" onClick={props.onClose}>
                  <X size={16} aria-hidden />
                </IconButton>
              )}
            </header>
            {props.children !== undefined && (
              <div
                ref={body}
                className={styles.body}
                {...(props.hasControls === false ? { tabIndex: 0 } : {})}
              >
                {props.children}
              </div>
            )}
            {props.footer !== undefined && (
              <footer className={styles.footer}>{props.footer}</footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
