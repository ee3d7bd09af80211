import { MessageSquare } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useIsChatFlow } from '../document/use-is-chat-flow.ts'
import { selectIsOpened, selectIsRunning, useRun } from '../run/run-store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import styles from './chat-preview.module.css'
import { chatCommands, useChat, type ChatState, type Turn } from './chat-store.ts'
import { Composer } from './composer.tsx'
import { ProblemsHint } from './problems-hint.tsx'
import { Scroller } from '@millrace/chat-view/scroller'
import { OpenedTurn } from './opened-turn.tsx'
import { PreviewHead, SessionBar } from './session-bar.tsx'
import { TurnView } from './turn-view.tsx'

const LazyOutputPanel = lazy(async () => ({
  default: (await import('../output/output-panel.tsx')).OutputPanel,
}))

/**
 * Tries the unsaved document: talks to it as a chat client would talk to the published flow, or
 * runs it with an input and shows what it gives back.
 */
export function ChatPreview() {
  const isChat = useIsChatFlow()
  const isOpened = useRun(selectIsOpened)
  return (
    <div className={styles.chat}>
      <PreviewHead title={isChat ? 'Chat preview' : 'Output'} hasSession={isChat && !isOpened} />
      {isChat && isOpened ? (
        <OpenedTurn />
      ) : isChat ? (
        <>
          <SessionBar />
          <Conversation />
        </>
      ) : (
        <Suspense>
          <LazyOutputPanel />
        </Suspense>
      )}
    </div>
  )
}

function Conversation() {
  const turns = useChat(selectTurns)
  const isRunning = useRun(selectIsRunning)
  return (
    <>
      <Scroller label="Conversation" follow={turns.at(-1)?.id}>
        {turns.length === 0 ? (
          <EmptyState icon={<MessageSquare size={20} aria-hidden />} title="Try the flow">
            What you write here starts a run of the flow as it stands on the canvas, saved or not.
          </EmptyState>
        ) : (
          <ol className={styles.turns}>
            {turns.map((turn, index) => (
              <TurnView key={turn.id} turn={turn} isLast={index === turns.length - 1} />
            ))}
          </ol>
        )}
      </Scroller>
      <div className={styles.bottom}>
        <ProblemsHint />
        <Context />
        <Composer isRunning={isRunning} />
      </div>
    </>
  )
}

function Context() {
  const context = useChat(selectContext)
  const [isOpen, setOpen] = useState(context !== '')
  return (
    <div className={styles.context}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide the request’s context' : 'Add a context'}
      </button>
      {isOpen && (
        <textarea
          aria-label="Request context"
          placeholder="What the client sends beside the message: a product id, JSON…"
          rows={2}
          // It was opened to write in it; mounted together with the message, it loses the focus to it.
          autoFocus
          value={context}
          onChange={(event) => chatCommands.setContext(event.target.value)}
        />
      )}
    </div>
  )
}

function selectTurns({ turns }: ChatState): readonly Turn[] {
  return turns
}

function selectContext({ context }: ChatState): string {
  return context
}
