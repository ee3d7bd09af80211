import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DiscardDialog } from './discard-dialog.tsx'
import styles from './draft-dialog.module.css'

export interface DraftDialogProps {
  readonly title: string
  readonly description?: ReactNode
  readonly size: 'large' | 'wide'
  /** Whether closing would throw something away. */
  readonly isChanged: boolean
  readonly onAccept: () => void
  readonly onClose: () => void
  /** Called when the question whether to discard is answered with no. */
  readonly onKeep?: () => void
  /** What Ctrl+Enter does where it is not OK. */
  readonly onCtrlEnter?: () => void
  /** Why the draft cannot be accepted as it is; it stands at the left of the buttons. */
  readonly refusal?: string | undefined
  /** Stands at the left of the buttons. */
  readonly note?: ReactNode
  /** Another button, before the others. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** A dialog that edits a draft: only OK changes the document, as one edit. */
export function DraftDialog(props: DraftDialogProps) {
  const { onAccept, onClose, onCtrlEnter, refusal } = props
  const [isAsking, setAsking] = useState(false)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys of a dialog that was opened from this one are its own.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (onCtrlEnter !== undefined) onCtrlEnter()
    else if (refusal === undefined) onAccept()
  }
  return (
    <Dialog
      isOpen
      onClose={() => (props.isChanged ? setAsking(true) : onClose())}
      size={props.size}
      isMaximisable
      onKeyDown={onKeyDown}
      title={props.title}
      description={props.description}
      footer={
        <>
          <span className={styles.note} data-wrong={refusal !== undefined || undefined}>
            {refusal === undefined ? props.note : <span role="status">{refusal}</span>}
          </span>
          {props.action}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={refusal !== undefined}
            onClick={onAccept}
            {...(onCtrlEnter === undefined ? { shortcut: 'Ctrl+Enter' } : {})}
          >
            OK
          </Button>
        </>
      }
    >
      <div className={styles.body}>{props.children}</div>
      {isAsking && (
        <DiscardDialog
          onKeep={() => {
            setAsking(false)
            props.onKeep?.()
          }}
          onDiscard={onClose}
        />
      )}
    </Dialog>
  )
}
