import { wordsOf } from '@millrace/chat-view/answer'
import type { Chat, ChatState } from './chat-store.ts'
import { useChat } from './use-chat.ts'

/** Tells a screen reader that an answer is written, and then the whole of it, not each word as it comes. */
export function Announcer({ chat }: { readonly chat: Chat }) {
  const text = useChat(chat, selectAnnouncement)
  return (
    <div className="visually-hidden" aria-live="polite">
      {text}
    </div>
  )
}

function selectAnnouncement({ session, entry, answeredId }: ChatState): string {
  const last = session.turns.at(-1)
  if (entry.state !== 'in' || last === undefined) return ''
  if (last.outcome === 'running') return 'The answer is being written.'
  // What was answered before is read, not announced.
  if (last.id !== answeredId) return ''
  switch (last.outcome) {
    case 'cancelled':
      return 'The answer was stopped.'
    case 'completed':
    case 'failed':
    case 'interrupted':
      return wordsOf(last.answer)
  }
}
