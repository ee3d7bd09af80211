import { ArrowUp, Square } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { runningTurnOf, type Chat, type ChatState } from './chat-store.ts'
import styles from './composer.module.css'
import { useChat } from './use-chat.ts'

/** Where the next message is written. Enter sends it, Shift+Enter begins a new line. */
export function Composer({ chat }: { readonly chat: Chat }) {
  const sessionId = useChat(chat, selectSessionId)
  const isRunning = useChat(chat, selectIsRunning)
  const isStopping = useChat(chat, selectIsStopping)
  const [draft, setDraft] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const prompt = draft.trim()

  // Whoever opens a conversation writes next.
  useEffect(() => field.current?.focus({ preventScroll: true }), [sessionId])

  function send(event: FormEvent): void {
    event.preventDefault()
    if (prompt === '' || isRunning) return
    chat.commands.send(prompt)
    setDraft('')
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event)
  }

  return (
    <form className={styles.composer} onSubmit={send}>
      <textarea
        ref={field}
        aria-label="Message"
        placeholder="Ask anything"
        rows={1}
        maxLength={32_000}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {isRunning ? (
        <button
          type="button"
          className={styles.stop}
          aria-label={isStopping ? 'Stopping' : 'Stop'}
          disabled={isStopping}
          onClick={() => {
            chat.commands.stop()
            field.current?.focus()
          }}
        >
          <Square size={12} fill="currentColor" aria-hidden />
        </button>
      ) : (
        <button type="submit" className={styles.send} aria-label="Send" disabled={prompt === ''}>
          <ArrowUp size={16} aria-hidden />
        </button>
      )}
    </form>
  )
}

function selectSessionId({ session }: ChatState) {
  return session.id
}

function selectIsRunning({ session }: ChatState) {
  return runningTurnOf(session) !== undefined
}

function selectIsStopping({ isStopping }: ChatState) {
  return isStopping
}
