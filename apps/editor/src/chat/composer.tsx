import { ArrowUp, Square } from 'lucide-react'
import type { WatchedRun } from '../run/watched-run.ts'
import { runCommands, useRun } from '../run/run-store.ts'
import styles from './chat-preview.module.css'
import { chatCommands, useChat, type ChatState } from './chat-store.ts'

/**
 * Where the next message is written. Enter sends it, Shift+Enter begins a new line, and in an empty
 * field Up brings the last message back. Escape is left alone: only Stop stops a run.
 */
export function Composer({ isRunning }: { readonly isRunning: boolean }) {
  const draft = useChat(selectDraft)
  const isStopping = useRun(selectIsStopping)
  const send = () => {
    const prompt = draft.trim()
    if (prompt === '' || isRunning) return
    if (chatCommands.send(prompt)) chatCommands.setDraft('')
  }
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        aria-label="Message"
        placeholder="Ask anything"
        rows={1}
        // It is mounted because somebody opened the chat, to write.
        autoFocus
        value={draft}
        onChange={(event) => chatCommands.setDraft(event.target.value)}
        onKeyDown={(event) => {
          const last = useChat.getState().turns.at(-1)
          if (event.key === 'ArrowUp' && draft === '' && last !== undefined) {
            event.preventDefault()
            chatCommands.setDraft(last.prompt)
          }
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          if (event.ctrlKey || event.metaKey) return
          event.preventDefault()
          send()
        }}
      />
      {isRunning ? (
        <button
          type="button"
          className={styles.stop}
          aria-label={isStopping ? 'Stopping' : 'Stop'}
          disabled={isStopping}
          onClick={runCommands.stop}
        >
          <Square size={12} fill="currentColor" aria-hidden />
        </button>
      ) : (
        <button
          type="submit"
          className={styles.send}
          aria-label="Send"
          disabled={draft.trim() === ''}
        >
          <ArrowUp size={16} aria-hidden />
        </button>
      )}
    </form>
  )
}

function selectIsStopping({ isStopping }: WatchedRun): boolean {
  return isStopping
}

function selectDraft({ draft }: ChatState): string {
  return draft
}
