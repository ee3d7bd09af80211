import type { RunEventOf, RunVisit } from '@millrace/flow'
import { ErrorNotice } from '../run/error-notice.tsx'
import { offsetText } from '../events/event-lines.ts'
import { durationText } from '../ui/duration-text.ts'
import { CallsView } from './calls-view.tsx'
import styles from './inspector.module.css'
import { unknownTexts, type KnownValue } from './known-value.ts'
import type { InspectedNode } from './use-inspected-node.ts'
import { inspectCommands } from './inspect-store.ts'
import type { Iteration, NodePart } from './node-parts.ts'
import { NotRecorded } from './not-recorded.tsx'
import { TimeTable } from './time-table.tsx'
import { ValueView } from './value-view.tsx'
import { VisitStatus } from './visit-status.tsx'
import { timesOfVisit } from './visit-times.ts'

export interface PartViewProps {
  readonly inspected: InspectedNode
  readonly visit: RunVisit
  readonly part: NodePart
  /** Of a part with several; `undefined` shows the whole of them. */
  readonly iteration: Iteration | undefined
}

/** What a part of a visit holds. */
export function PartView({ inspected, visit, part, iteration }: PartViewProps) {
  const { content, name } = part
  switch (content.kind) {
    case 'value':
      return <Value label={name} value={content.value} variable={variableOf(part)} />
    case 'iterations':
      if (iteration !== undefined) {
        return (
          <Value
            label={`${name} ${iteration.number}`}
            value={iteration.value}
            variable={variableOf(part)}
          />
        )
      }
      return content.whole === undefined ? (
        <p className={styles.none}>This block has not run.</p>
      ) : (
        <ValueView label={name} value={content.whole} />
      )
    case 'calls':
      return (
        <CallsView
          visit={visit}
          answer={answerOf(visit)}
          childFlowId={childFlowOf(inspected.node.properties?.['flow'])}
        />
      )
    case 'log':
      return <Log lines={content.lines} startedAt={inspected.log.state.startedAt ?? 0} />
    case 'error':
      return (
        <div className={styles.padded}>
          <ErrorNotice error={content.error} isCaught={visit.status === 'caught'} />
        </div>
      )
    case 'times':
      return <Times inspected={inspected} visit={visit} />
    case 'visits':
      return <Attached visits={content.visits} inspected={inspected} />
  }
}

interface ValueProps {
  readonly label: string
  readonly value: KnownValue
  readonly variable: string | undefined
}

function Value({ label, value, variable }: ValueProps) {
  if (value.isKnown) return <ValueView label={label} value={value.value} variable={variable} />
  if (value.reason === 'notRecorded') return <NotRecorded what={`“${label}”`} />
  return <p className={styles.none}>{unknownTexts[value.reason].sentence}</p>
}

/** What a port gives is a variable of its name; what it takes is none. */
function variableOf({ group, name }: NodePart): string | undefined {
  return group === 'Out' ? name : undefined
}

function childFlowOf(flow: unknown): string | undefined {
  return typeof flow === 'string' ? flow : undefined
}

/** What a model answered: what was streamed, else the content of what the node gave. */
function answerOf({ deltas, outputs }: RunVisit): string | undefined {
  if (deltas.length > 0) return deltas.map(({ delta }) => delta).join('')
  for (const output of Object.values(outputs ?? {})) {
    if (typeof output === 'object' && output !== null && 'content' in output) {
      return typeof output.content === 'string' ? output.content : undefined
    }
  }
  return undefined
}

interface LogProps {
  readonly lines: readonly RunEventOf<'node-log'>[]
  /** Of the run, in epoch milliseconds. */
  readonly startedAt: number
}

function Log({ lines, startedAt }: LogProps) {
  return (
    <ol className={styles.log} aria-label="Log" tabIndex={0}>
      {lines.map(({ seq, at, level, message, data }) => (
        <li key={seq} data-level={level}>
          <span>{offsetText(at - startedAt)}</span>
          <b>{level}</b>
          <div>
            {message}
            {data !== undefined && <pre>{JSON.stringify(data, null, 2)}</pre>}
          </div>
        </li>
      ))}
    </ol>
  )
}

function Times({ inspected, visit }: Pick<PartViewProps, 'inspected' | 'visit'>) {
  const { visits, log } = inspected
  const whole = timesOfVisit(visit, visits, log.events.at(-1)?.at ?? visit.startedAt)
  return (
    <div className={styles.times}>
      <TimeTable timing={{ first: undefined, whole }} whole="This visit" hasFirst={false} />
      <p>Calls of the nodes in its blocks are part of it. The rest is what Millrace itself took.</p>
    </div>
  )
}

interface AttachedProps {
  readonly visits: readonly RunVisit[]
  readonly inspected: InspectedNode
}

/** The calls of a resource, each of which is a visit of its own node. */
function Attached({ visits, inspected }: AttachedProps) {
  const { titleOfNode, log } = inspected
  return (
    <ul className={styles.attached} aria-label="Calls of the attached node">
      {visits.map(({ visit, nodeId = '', status, startedAt, endedAt }) => (
        <li key={visit}>
          <button type="button" onClick={() => inspectCommands.showVisit(nodeId, log.runId, visit)}>
            <VisitStatus status={status} />
            <span>{titleOfNode(nodeId)}</span>
            <small>{endedAt === undefined ? 'running' : durationText(endedAt - startedAt)}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}
