import { MessageSquare, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
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

/**
 * A button in the corner of a page that opens a chat. The server is asked when it is opened first; closed,
 * it keeps what is being written, by both.
 */
export function Widget({ chat, title, theme }: WidgetProps) {
  const [isOpen, setOpen] = useState(false)
  const [wasOpened, setOpened] = useState(false)
  const panel = useRef<HTMLDivElement>(null)
  const launcher = useRef<HTMLButtonElement>(null)

  // Whoever opens a chat writes next.
  useEffect(() => {
    if (isOpen) panel.current?.querySelector('textarea')?.focus({ preventScroll: true })
  }, [isOpen])

  function open(): void {
    setOpen(true)
    setOpened(true)
    if (chat.store.getState().entry.state === 'refused') void chat.commands.arrive()
  }

  function close(): void {
    setOpen(false)
    launcher.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') close()
  }

  return (
    <div className={styles.widget} data-theme={theme}>
      {wasOpened && (
        <div
          ref={panel}
          className={styles.panel}
          role="dialog"
          aria-label={title}
          hidden={!isOpen}
          onKeyDown={onKeyDown}
        >
          <ChatWindow
            chat={chat}
            title={title}
            place="dialog"
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
        onClick={() => (isOpen ? close() : open())}
      >
        {isOpen ? <X size={22} aria-hidden /> : <MessageSquare size={22} aria-hidden />}
      </button>
    </div>
  )
}
