import { MessageSquare, Play, Square } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { triggerOf } from '../document/trigger-of.ts'
import type { WatchedRun } from '../run/create-run-store.ts'
import { runCommands, selectIsRunning, useRun } from '../run/run-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import styles from './chat-preview.module.css'
import { chatCommands, endOf, useChat, type ChatState, type Turn } from './chat-store.ts'
import { Composer } from './composer.tsx'
import { ProblemsHint } from './problems-hint.tsx'
import { Scroller } from './scroller.tsx'
import { PreviewHead, SessionBar } from './session-bar.tsx'
import { EndedAnswer, LiveAnswer, TurnView } from './turn-view.tsx'

/** Talks to the unsaved document, as a chat client would talk to the published flow. */
export function ChatPreview() {
  const isChatFlow = useDocument(selectIsChatFlow)
  const turns = useChat(selectTurns)
  return (
    <div className={styles.chat}>
      <PreviewHead title={isChatFlow ? 'Chat preview' : 'Output'} hasSession={isChatFlow} />
      {isChatFlow && <SessionBar />}
      {isChatFlow || turns.length > 0 ? <Conversation isChatFlow={isChatFlow} /> : <PlainRun />}
    </div>
  )
}

function Conversation({ isChatFlow }: { readonly isChatFlow: boolean }) {
  const turns = useChat(selectTurns)
  const isRunning = useRun(selectIsRunning)
  const status = useRun(selectStatus)
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
      <p className="visually-hidden" role="status">
        {spoken[status] ?? ''}
      </p>
      <div className={styles.bottom}>
        <ProblemsHint />
        {isChatFlow && <Context />}
        {isChatFlow ? (
          <Composer isRunning={isRunning} />
        ) : (
          <p className={styles.hint}>The flow has no chat trigger any more.</p>
        )}
      </div>
    </>
  )
}

/** Said to screen readers once for each step, never for each token. */
const spoken: { readonly [status in WatchedRun['status']]?: string } = {
  starting: 'Sent.',
  running: 'The flow is answering.',
  completed: 'The answer is complete.',
  failed: 'The run failed.',
  cancelled: 'The run ended early.',
  interrupted: 'The run was interrupted.',
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

/** The run of a flow that no chat starts: with the trigger's test data, and what it gives back. */
function PlainRun() {
  const isRunning = useRun(selectIsRunning)
  const run = useRun(selectSettledRun)
  const end = useMemo(() => (run === undefined ? undefined : endOf(run, Date.now())), [run])
  const name = useDocument(selectName)
  const testData = useDocument(selectTestData)
  return (
    <>
      <Scroller label="Output of the run" follow={isRunning}>
        {end === undefined && !isRunning ? (
          <EmptyState icon={<Play size={20} aria-hidden />} title="This flow is no chat">
            It has no chat completion trigger, so there is nothing to talk to. Add one from the
            palette, or run the flow {testData === undefined ? 'as it is' : 'with its test data'}.
          </EmptyState>
        ) : (
          <div>{end === undefined ? <LiveAnswer /> : <EndedAnswer end={end} title={name} />}</div>
        )}
      </Scroller>
      <div className={styles.bottom}>
        <ProblemsHint />
        {isRunning ? (
          <Button
            icon={<Square size={12} fill="currentColor" aria-hidden />}
            onClick={runCommands.stop}
          >
            Stop
          </Button>
        ) : (
          <Button
            variant="primary"
            icon={<Play size={14} aria-hidden />}
            onClick={() => runCommands.start(testData ?? {})}
          >
            {testData === undefined ? 'Run' : 'Run with test data'}
          </Button>
        )}
      </div>
    </>
  )
}

function selectName({ flow }: DocumentState): string {
  return flow.name
}

function selectIsChatFlow({ flow }: DocumentState): boolean {
  return flow.nodes.some(({ type, disabled }) => type === 'chat.trigger' && disabled !== true)
}

function selectTestData({ flow }: DocumentState): unknown {
  return triggerOf(flow)?.properties?.['testData']
}

function selectStatus({ status }: WatchedRun): WatchedRun['status'] {
  return status
}

function selectSettledRun(run: WatchedRun): WatchedRun | undefined {
  return run.status === 'idle' || selectIsRunning(run) ? undefined : run
}

function selectTurns({ turns }: ChatState): readonly Turn[] {
  return turns
}

function selectContext({ context }: ChatState): string {
  return context
}
