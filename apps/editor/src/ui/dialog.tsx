import { Dialog as Base } from '@base-ui/react/dialog'
import { Field } from '@base-ui/react/field'
import { Maximize2, Minimize2, X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly size?: 'small' | 'medium' | 'large' | 'wide'
  /** Whether it can be made as large as the window. */
  readonly isMaximisable?: boolean
  /** Buttons at the bottom right, the primary one last. */
  readonly footer?: ReactNode
  /** False for a question that must be answered: neither Escape nor a click beside it closes it. */
  readonly isDismissible?: boolean
  /** False for a body of text only, which then takes the focus, so that keys can scroll it. */
  readonly hasControls?: boolean
  /** Hears the keys that are pressed anywhere in it, and in dialogs that were opened from it. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  readonly children?: ReactNode
}

const firstField =
  'input:not([type=radio], [type=file], [type=checkbox]), textarea, [contenteditable="true"]'

/** A modal dialog; it holds the focus, at first in its first field or answer, and gives it back. */
export function Dialog(props: DialogProps) {
  const isDismissible = props.isDismissible ?? true
  const body = useRef<HTMLDivElement>(null)
  const footer = useRef<HTMLElement>(null)
  const [isMaximised, setMaximised] = useState(false)
  return (
    <Base.Root
      open={props.isOpen}
      onOpenChange={(isOpen) => !isOpen && isDismissible && props.onClose()}
      disablePointerDismissal={!isDismissible}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} forceRender />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            className={styles.popup}
            data-size={props.size ?? 'medium'}
            data-maximised={isMaximised || undefined}
            onKeyDown={props.onKeyDown}
            initialFocus={() => firstFocus(body.current, footer.current) ?? true}
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
              {props.isMaximisable === true && (
                <IconButton
                  label={isMaximised ? 'Restore size' : 'Maximise'}
                  onClick={() => setMaximised(!isMaximised)}
                >
                  {isMaximised ? (
                    <Minimize2 size={15} aria-hidden />
                  ) : (
                    <Maximize2 size={15} aria-hidden />
                  )}
                </IconButton>
              )}
              {isDismissible && (
                <IconButton label="Close" onClick={props.onClose}>
                  <X size={16} aria-hidden />
                </IconButton>
              )}
            </header>
            {props.children !== undefined && (
              // What stands in a dialog belongs to no field around it, nor is it wrong with that one.
              <Field.Root
                ref={body}
                className={styles.body}
                {...(props.hasControls === false ? { tabIndex: 0 } : {})}
              >
                {props.children}
              </Field.Root>
            )}
            {props.footer !== undefined && (
              <footer ref={footer} className={styles.footer}>
                {props.footer}
              </footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/**
 * The first field; without one the first answer, which changes nothing. Never *Close*: its tooltip
 * would open with the dialog, and take the first Escape.
 */
function firstFocus(
  body: HTMLElement | null,
  footer: HTMLElement | null,
): HTMLElement | null | undefined {
  return (
    body?.querySelector<HTMLElement>(firstField) ?? footer?.querySelector<HTMLElement>('button')
  )
}
