import { MessageSquare, X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { ChatWindow } from './chat-window.tsx'
import type { Chat } from './chat-store.ts'
import { ToolButton } from './tool-button.tsx'
import styles from './widget.module.css'

export interface WidgetProps {
  readonly chat: Chat
  readonly title: string
  /** That of the operating system when not given. */
  readonly theme: 'light' | 'dark' | undefined
}

/** A button in the corner of a page that opens a chat. The server is asked when it is opened first. */
export function Widget({ chat, title, theme }: WidgetProps) {
  const [isOpen, setOpen] = useState(false)
  const launcher = useRef<HTMLButtonElement>(null)

  function close(): void {
    setOpen(false)
    launcher.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') close()
  }

  return (
    <div className={styles.widget} data-theme={theme}>
      {isOpen && (
        <div className={styles.panel} role="dialog" aria-label={title} onKeyDown={onKeyDown}>
          <ChatWindow
            chat={chat}
            title={title}
            tools={
              <ToolButton label="Close the chat" onClick={close}>
                <X size={16} aria-hidden />
              </ToolButton>
            }
          />
        </div>
      )}
      <button
        ref={launcher}
        type="button"
        className={styles.launcher}
        aria-expanded={isOpen}
        aria-label={isOpen ? 'Close the chat window' : `Open the chat: ${title}`}
        onClick={() => (isOpen ? close() : setOpen(true))}
      >
        {isOpen ? <X size={22} aria-hidden /> : <MessageSquare size={22} aria-hidden />}
      </button>
    </div>
  )
}
