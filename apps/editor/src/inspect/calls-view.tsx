import { isRecord, usageByModel, type RunCall, type RunVisit } from '@millrace/flow'
import { Terminal, Workflow } from 'lucide-react'
import { useState } from 'react'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import { useConnections } from '../connections/connection-store.ts'
import { CostView } from '../prices/cost-view.tsx'
import { useCost } from '../prices/use-cost.ts'
import { registry } from '../registry.ts'
import { Choice } from '../ui/choice.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { durationText } from '../ui/duration-text.ts'
import styles from './calls-view.module.css'
import { curlOfRequest } from './curl-of-request.ts'
import { asksOf, waitBefore, type Ask } from './model-asks.ts'
import { NotRecorded } from './not-recorded.tsx'
import { SentRequest } from './sent-request.tsx'
import { ValueTextView } from './value-text-view.tsx'
import { ValueTree } from './value-tree.tsx'

export interface CallsViewProps {
  readonly visit: RunVisit
  /** What the node streamed or gave as its answer, where it is known. */
  readonly answer: string | undefined
  /** The flow that it ran, for a node that runs one. */
  readonly childFlowId: string | undefined
}

/** All that a visit asked of the outside. */
export function CallsView({ visit, answer, childFlowId }: CallsViewProps) {
  const asks = asksOf(visit.calls)
  return (
    // It scrolls, so keys must reach it.
    <div className={styles.calls} role="region" tabIndex={0} aria-label="Calls">
      {asks.map((ask, index) => (
        <AskView
          key={index}
          ask={ask}
          visit={visit}
          heading={`${kindNames[ask.last.kind]}${asks.length > 1 ? ` ${index + 1}` : ''}`}
          answer={index === asks.length - 1 ? answer : undefined}
          childFlowId={childFlowId}
        />
      ))}
    </div>
  )
}

const kindNames = {
  model: 'Model call',
  query: 'Query',
  request: 'Request',
  flow: 'Call of a flow',
} as const satisfies Readonly<Record<RunCall['kind'], string>>

interface AskViewProps {
  readonly ask: Ask
  readonly visit: RunVisit
  readonly heading: string
  readonly answer: string | undefined
  readonly childFlowId: string | undefined
}

function AskView({ ask, visit, heading, answer, childFlowId }: AskViewProps) {
  const { last } = ask
  return (
    <section className={styles.call} aria-label={heading}>
      <header>
        <h4>{heading}</h4>
        <Facts call={last} />
      </header>
      <Attempts ask={ask} />
      {last.statement !== undefined && <pre className={styles.statement}>{last.statement}</pre>}
      {last.childRunId !== undefined && childFlowId !== undefined && (
        <Link className={styles.child} href={runPath(childFlowId, last.childRunId)}>
          <Workflow size={14} aria-hidden /> Open its run
        </Link>
      )}
      {last.kind !== 'flow' && <Request call={last} visit={visit} />}
      {last.refusal !== undefined && (
        <p className={styles.refusal}>
          <strong>Refused:</strong> {last.refusal}
        </p>
      )}
      {last.kind === 'model' && answer !== undefined && (
        <section aria-label="Answer">
          <header className={styles.part}>
            <h5>Answer</h5>
            <CopyButton label="Copy the answer" text={() => answer} />
          </header>
          <pre className={styles.answer}>{answer}</pre>
        </section>
      )}
    </section>
  )
}

/** What is known of a call in a few words. */
function Facts({ call }: { readonly call: RunCall }) {
  const { model, method, status, finishReason, usage } = call
  const cost = useCost(usageByModel([call]))
  const facts = [
    model,
    method,
    status === undefined ? undefined : `status ${status}`,
    finishReason === undefined ? undefined : `ended: ${finishReason}`,
    usage === null ? undefined : `${usage.inputTokens} tokens in, ${usage.outputTokens} out`,
  ]
  return (
    <p className={styles.facts}>
      {facts.flatMap((fact) => (fact === undefined ? [] : [<span key={fact}>{fact}</span>]))}
      {cost !== undefined && <CostView cost={cost} />}
    </p>
  )
}

/** When each attempt began, what it waited for, and what was waited for between them. */
function Attempts({ ask }: { readonly ask: Ask }) {
  const { attempts } = ask
  return (
    <ol className={styles.attempts} aria-label="Attempts">
      {attempts.map((attempt, index) => {
        const { startedAt, endedAt, firstByteMs } = attempt
        const wait = waitBefore(ask, index)
        const total = endedAt - startedAt
        return (
          <li key={index}>
            {attempts.length > 1 && <span>Attempt {attempt.attempt}</span>}
            {wait > 0 && <span>after a pause of {durationText(wait)}</span>}
            <span>
              {firstByteMs === undefined
                ? `no answer within ${durationText(total)}`
                : `first byte after ${durationText(firstByteMs)}, then ${durationText(total - firstByteMs)} to the end`}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Request({ call, visit }: { readonly call: RunCall; readonly visit: RunVisit }) {
  const [look, setLook] = useState<'messages' | 'json'>('messages')
  const baseUrl = useBaseUrl(visit.input?.['connection'])
  const { request } = call
  if (request === undefined) {
    return visit.isDetailed ? null : <NotRecorded what="What was sent" />
  }
  const isChat = isRecord(request) && Array.isArray(request['messages'])
  return (
    <section aria-label="What was sent">
      <header className={styles.part}>
        <h5>{call.kind === 'query' ? 'Values' : 'What was sent'}</h5>
        {isChat && (
          <Choice
            label="View as"
            isLabelHidden
            value={look}
            options={[
              { value: 'messages', label: 'Messages' },
              { value: 'json', label: 'JSON' },
            ]}
            onChange={setLook}
          />
        )}
        <CopyButton
          label="Copy the request as JSON"
          text={() => JSON.stringify(request, null, 2)}
        />
        {isChat && (
          <CopyButton
            label="Copy as curl, without the key"
            text={() => curlOfRequest(request, baseUrl)}
          >
            <Terminal size={14} aria-hidden />
          </CopyButton>
        )}
      </header>
      {isChat && look === 'messages' ? (
        <SentRequest request={request} />
      ) : isChat ? (
        <div className={styles.json}>
          <ValueTextView isCode label="Request as JSON" text={JSON.stringify(request, null, 2)} />
        </div>
      ) : (
        <ValueTree label="What was sent" value={isRecord(request) ? request : [request]} />
      )}
    </section>
  )
}

/** The address that a connection leads to; `undefined` where it is not known here. */
function useBaseUrl(connectionId: unknown): string | undefined {
  const connection = useConnections(({ connections }) =>
    connections.find(({ id }) => id === connectionId),
  )
  if (connection === undefined) return undefined
  const given = connection.fields['baseUrl']
  if (typeof given === 'string' && given !== '') return given
  const byDefault = registry.connections.get(connection.kind)?.fields['baseUrl']?.default
  return typeof byDefault === 'string' ? byDefault : undefined
}
