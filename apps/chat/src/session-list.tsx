import { SquarePen, Trash2, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Chat, ChatState } from './chat-store.ts'
import { titleOf } from './conversation.ts'
import styles from './session-list.module.css'
import { ToolButton } from './tool-button.tsx'
import { useChat } from './use-chat.ts'

export interface SessionListProps {
  readonly chat: Chat
  /** Whether it lies over a narrow chat; beside a wide one it always stands. */
  readonly isOpen: boolean
  /** Another conversation is shown. */
  readonly onPick: () => void
  readonly onClose: () => void
}

/** The conversations that this browser keeps. */
export function SessionList({ chat, isOpen, onPick, onClose }: SessionListProps) {
  const sessions = useChat(chat, selectSessions)
  const shownId = useChat(chat, selectSessionId)
  const { newSession, openSession, forgetSession } = chat.commands
  const newButton = useRef<HTMLButtonElement>(null)

  // It covers what was focused.
  useEffect(() => {
    if (isOpen) newButton.current?.focus()
  }, [isOpen])

  return (
    <nav className={styles.list} data-open={isOpen || undefined} aria-label="Chats">
      <div className={styles.head}>
        <button
          ref={newButton}
          type="button"
          className={styles.new}
          onClick={() => {
            newSession()
            onPick()
          }}
        >
          <SquarePen size={14} aria-hidden /> Start a new chat
        </button>
        <ToolButton label="Close the list" className={styles.close} onClick={onClose}>
          <X size={16} aria-hidden />
        </ToolButton>
      </div>
      {sessions.length === 0 && (
        <p className={styles.empty}>Your chats are kept in this browser, and listed here.</p>
      )}
      <ul className={styles.items}>
        {sessions.map((session) => (
          <SessionItem
            key={session.id}
            title={titleOf(session)}
            isShown={session.id === shownId}
            onOpen={() => {
              if (session.id === shownId) return onClose()
              openSession(session.id)
              onPick()
            }}
            onForget={() => {
              forgetSession(session.id)
              newButton.current?.focus()
            }}
          />
        ))}
      </ul>
    </nav>
  )
}

interface SessionItemProps {
  readonly title: string
  readonly isShown: boolean
  readonly onOpen: () => void
  readonly onForget: () => void
}

/** One conversation. What is deleted cannot be brought back, so that is asked first. */
function SessionItem({ title, isShown, onOpen, onForget }: SessionItemProps) {
  const [isAsking, setAsking] = useState(false)
  return (
    <li className={styles.item} data-shown={isShown || undefined}>
      <button
        type="button"
        className={styles.open}
        aria-current={isShown ? 'true' : undefined}
        onClick={onOpen}
      >
        {title}
      </button>
      {isAsking ? (
        <button
          type="button"
          className={styles.confirm}
          aria-label={`Delete “${title}” for good`}
          autoFocus
          onClick={onForget}
          onBlur={() => setAsking(false)}
        >
          Delete?
        </button>
      ) : (
        <ToolButton
          label={`Delete “${title}”`}
          className={styles.delete}
          onClick={() => setAsking(true)}
        >
          <Trash2 size={14} aria-hidden />
        </ToolButton>
      )}
    </li>
  )
}

function selectSessions({ sessions }: ChatState) {
  return sessions
}

function selectSessionId({ session }: ChatState) {
  return session.id
}
