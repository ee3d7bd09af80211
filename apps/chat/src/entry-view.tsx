import { DoorClosed } from 'lucide-react'
import { Spinner } from '@millrace/chat-view/spinner'
import styles from './entry-view.module.css'
import { TroubleNotice } from './trouble-notice.tsx'
import type { Entry } from './visitor.ts'

export interface EntryViewProps {
  readonly entry: Exclude<Entry, { state: 'in' }>
  readonly onRetry: () => void
}

/** In the place of a conversation: that the server is asked, or why nobody is let in. */
export function EntryView({ entry, onRetry }: EntryViewProps) {
  if (entry.state === 'arriving') {
    return (
      <p className={styles.entry} role="status">
        <Spinner /> One moment…
      </p>
    )
  }
  return (
    <div className={styles.entry}>
      <DoorClosed size={28} aria-hidden />
      <TroubleNotice look="page" error={entry.error} onRetry={onRetry} />
    </div>
  )
}
