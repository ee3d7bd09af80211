import { PanelLeft, SquarePen } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Announcer } from './announcer.tsx'
import type { Chat, ChatState } from './chat-store.ts'
import styles from './chat-window.module.css'
import { Conversation } from './conversation-view.tsx'
import { EntryView } from './entry-view.tsx'
import { SessionList } from './session-list.tsx'
import { ToolButton } from './tool-button.tsx'
import { useChat } from './use-chat.ts'

export interface ChatWindowProps {
  readonly chat: Chat
  /** What it is called until the server tells. */
  readonly title: string
  /** All of a page, or a part of one that has a main part and a title already. */
  readonly place: 'page' | 'dialog'
  /** What stands at the end of its head. */
  readonly tools: ReactNode
}

/** A chat with its conversations: the whole page, or what the widget opens. */
export function ChatWindow({ chat, title, place, tools }: ChatWindowProps) {
  const entry = useChat(chat, selectEntry)
  const [isListOpen, setListOpen] = useState(false)
  const listButton = useRef<HTMLButtonElement>(null)
  const [Main, Heading] = place === 'page' ? (['main', 'h1'] as const) : (['div', 'h2'] as const)
  const isIn = entry.state === 'in'
  const name = entry.state === 'in' ? entry.chat.name : title

  useEffect(() => {
    void chat.commands.arrive()
    return chat.commands.leave
  }, [chat])

  function closeList(): void {
    setListOpen(false)
    // What the list covers takes the focus again with the next drawing.
    requestAnimationFrame(() => listButton.current?.focus())
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isListOpen) return
    event.stopPropagation()
    closeList()
  }

  return (
    <div className={styles.window} onKeyDown={onKeyDown}>
      {isIn && (
        <SessionList
          chat={chat}
          isOpen={isListOpen}
          onPick={() => setListOpen(false)}
          onClose={closeList}
        />
      )}
      <Main className={styles.main} inert={isListOpen}>
        <header className={styles.head}>
          {isIn && (
            <ToolButton
              ref={listButton}
              className={styles.listButton}
              label="Chats"
              aria-expanded={isListOpen}
              onClick={() => setListOpen(!isListOpen)}
            >
              <PanelLeft size={16} aria-hidden />
            </ToolButton>
          )}
          <Heading className={styles.name}>{name}</Heading>
          {isIn && (
            <ToolButton
              label="New chat"
              className={styles.newButton}
              onClick={chat.commands.newSession}
            >
              <SquarePen size={16} aria-hidden />
            </ToolButton>
          )}
          {tools}
        </header>
        {entry.state === 'in' ? (
          <Conversation chat={chat} facts={entry.chat} />
        ) : (
          <EntryView entry={entry} onRetry={() => void chat.commands.arrive()} />
        )}
      </Main>
      <Announcer chat={chat} />
    </div>
  )
}

function selectEntry({ entry }: ChatState) {
  return entry
}
