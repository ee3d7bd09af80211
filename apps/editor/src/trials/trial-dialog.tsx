import type { ReactNode } from 'react'
import { DraftDialog, type DraftDialogProps } from '../properties/draft-dialog.tsx'
import styles from './trial-dialog.module.css'

export interface TrialDialogProps extends Omit<DraftDialogProps, 'size' | 'onCtrlEnter'> {
  /** What Ctrl+Enter does too. */
  readonly onTry: () => void
  /** Stands beside the draft: what it is made of, or tried with. */
  readonly aside: ReactNode
}

/** A dialog that edits a draft which can be tried: an editor over its trial, as its `children`. */
export function TrialDialog({ onTry, aside, children, ...dialog }: TrialDialogProps) {
  return (
    <DraftDialog {...dialog} size="wide" onCtrlEnter={onTry}>
      <div className={styles.sides}>
        <div className={styles.main}>{children}</div>
        {aside}
      </div>
    </DraftDialog>
  )
}
