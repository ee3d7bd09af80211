import { Scroller } from '@millrace/chat-view/scroller'
import { FlaskConical, MessageSquare } from 'lucide-react'
import { useOnline } from './use-online.ts'
import type { Chat, ChatState } from './chat-store.ts'
import { Composer } from './composer.tsx'
import styles from './conversation-view.module.css'
import { TurnView } from './turn-view.tsx'
import { useChat } from './use-chat.ts'
import { useSecondsUntil, waitText } from './use-seconds-until.ts'
import type { ChatFacts } from './visitor.ts'

export interface ConversationProps {
  readonly chat: Chat
  readonly facts: ChatFacts
}

/** What was said, and where the next message is written. */
export function Conversation({ chat, facts }: ConversationProps) {
  const turns = useChat(chat, selectTurns)
  return (
    <>
      {facts.isPreview && (
        <p className={styles.preview}>
          <FlaskConical size={14} aria-hidden /> A preview for you alone. Visitors get in once the
          flow is published and Share opens it.
        </p>
      )}
      <Scroller label="Conversation" follow={turns.at(-1)?.id}>
        {turns.length === 0 ? (
          <div className={styles.empty}>
            <MessageSquare size={24} aria-hidden />
            <p>Ask anything to begin.</p>
          </div>
        ) : (
          <ol className={styles.turns}>
            {turns.map((turn, index) => (
              <TurnView
                key={turn.id}
                chat={chat}
                turn={turn}
                isLast={index === turns.length - 1}
                takesFeedback={facts.takesFeedback}
              />
            ))}
          </ol>
        )}
      </Scroller>
      <div className={styles.bottom}>
        <ConnectionLine chat={chat} />
        <Composer chat={chat} />
      </div>
    </>
  )
}

/** Why nothing comes at the moment. */
function ConnectionLine({ chat }: { readonly chat: Chat }) {
  const isReconnecting = useChat(chat, selectIsReconnecting)
  const isResumed = useChat(chat, selectIsResumed)
  const seconds = useSecondsUntil(useChat(chat, selectWaitsUntil))
  const isOnline = useOnline()
  const text = !isOnline
    ? 'You are offline. The chat goes on when the connection is back.'
    : seconds > 0
      ? `Many messages at once: it goes on in ${waitText(seconds)}.`
      : isReconnecting
        ? 'The connection was lost. Trying again…'
        : isResumed
          ? 'The answer goes on.'
          : undefined
  return (
    <p className={styles.connection} role="status">
      {text}
    </p>
  )
}

function selectTurns({ session }: ChatState) {
  return session.turns
}

function selectIsReconnecting({ isReconnecting }: ChatState) {
  return isReconnecting
}

function selectIsResumed({ isResumed }: ChatState) {
  return isResumed
}

function selectWaitsUntil({ waitsUntil }: ChatState) {
  return waitsUntil
}
