import { SquarePen, X } from 'lucide-react'
import { useState } from 'react'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { chatCommands, useChat, type ChatState } from './chat-store.ts'
import styles from './session-bar.module.css'

/** Which session is talked in: its id can be copied, and replaced to go on with an older one. */
export function SessionBar() {
  const sessionId = useChat(selectSessionId)
  return (
    <div className={styles.session}>
      <SessionId key={sessionId} sessionId={sessionId} />
      <CopyButton label="Copy session id" text={() => sessionId} />
    </div>
  )
}

function SessionId({ sessionId }: { readonly sessionId: string }) {
  const isRunning = useRun(selectIsRunning)
  const [draft, setDraft] = useState(sessionId)
  return (
    <label className={styles.label}>
      Session
      <input
        className={styles.id}
        spellCheck={false}
        autoComplete="off"
        readOnly={isRunning}
        title={isRunning ? 'The session can be changed when the run has ended.' : undefined}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => {
          chatCommands.openSession(draft)
          setDraft(draft.trim() === '' ? sessionId : draft.trim())
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setDraft(sessionId)
        }}
      />
    </label>
  )
}

export interface PreviewHeadProps {
  readonly title: string
  /** Whether another session can be begun. */
  readonly hasSession: boolean
}

/** The head of the preview. */
export function PreviewHead({ title, hasSession }: PreviewHeadProps) {
  return (
    <header className={styles.head}>
      <h2 className={styles.title}>{title}</h2>
      {hasSession && (
        <IconButton label="New session" onClick={chatCommands.newSession}>
          <SquarePen size={14} aria-hidden />
        </IconButton>
      )}
      <IconButton label="Close the preview" onClick={() => sessionCommands.setChatOpen(false)}>
        <X size={16} aria-hidden />
      </IconButton>
    </header>
  )
}

function selectSessionId({ sessionId }: ChatState): string {
  return sessionId
}
