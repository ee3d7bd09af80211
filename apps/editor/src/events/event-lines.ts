import { textOf, type RunEvent } from '@millrace/flow'
import { failuresIn, type Failure } from '../run/failures-in.ts'

/** One event as a line of the Events panel. */
export interface EventLine {
  readonly event: RunEvent
  /** Milliseconds since the run started. */
  readonly offset: number
  readonly nodeId: string | undefined
  readonly failure: Failure | undefined
}

/** The lines of a run's events, with the node of each. */
export function eventLines(
  events: readonly RunEvent[],
  run: {
    readonly startedAt: number | undefined
    readonly visits: ReadonlyMap<number, string>
  },
): readonly EventLine[] {
  const failures = failuresIn(events)
  const start = run.startedAt ?? events[0]?.at ?? 0
  return events.map((event) => ({
    event,
    offset: event.at - start,
    nodeId: 'visit' in event && event.visit !== undefined ? run.visits.get(event.visit) : undefined,
    failure: failures.get(event.seq),
  }))
}

/** What an event says, in one line. */
export function summaryOf(event: RunEvent): string {
  switch (event.type) {
    case 'run-start':
      return `${event.flowId} · ${event.runId}`
    case 'node-start':
      return event.port === undefined
        ? `visit ${event.visit}`
        : `visit ${event.visit} in ${event.port}`
    case 'node-input':
      return listOf(event.values)
    case 'node-call':
      return [
        event.kind,
        ...(event.statement === undefined ? [] : [onOneLine(event.statement)]),
        ...(event.model === undefined ? [] : [event.model]),
        ...(event.method === undefined ? [] : [event.method]),
        ...(event.status === undefined ? [] : [String(event.status)]),
        ...(event.childRunId === undefined ? [] : [`run ${event.childRunId}`]),
        ...(event.attempt > 1 ? [`attempt ${event.attempt}`] : []),
        ...(event.firstByteMs === undefined
          ? []
          : [`first byte ${Math.round(event.firstByteMs)} ms`]),
        ...(event.ms === undefined ? [] : [`${Math.round(event.ms)} ms`]),
        ...(event.usage ? [`${event.usage.totalTokens} tokens`] : []),
        ...(event.finishReason === undefined ? [] : [event.finishReason]),
      ].join(' · ')
    case 'node-delta':
      return quoted(event.delta)
    case 'node-log':
      return `${event.level}: ${event.message}`
    case 'node-end':
      if (event.skipped === true) return 'skipped'
      return [...(event.pinned === true ? ['pinned'] : []), listOf(event.outputs ?? {})]
        .filter((part) => part !== '')
        .join(' · ')
    case 'node-error':
      return `${event.error.code}: ${event.error.message}`
    case 'run-yield':
      return quoted(textOf(event.value))
    case 'run-end':
      return event.error === undefined ? event.outcome : `${event.outcome}: ${event.error.message}`
    default:
      return event satisfies never
  }
}

const longest = 240

/** A statement is written over many lines, with its clauses below each other. */
function onOneLine(statement: string): string {
  return shortened(statement.trim().replaceAll(/\s+/g, ' '))
}

function listOf(values: Readonly<Record<string, unknown>>): string {
  return shortened(
    Object.entries(values)
      .map(([key, value]) => `${key} = ${JSON.stringify(value) ?? 'nothing'}`)
      .join(', '),
  )
}

/** Line breaks are written out, so that the whole of a piece is seen. */
function quoted(text: string): string {
  return shortened(JSON.stringify(text))
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** The time of an event as it is shown: `+1.204 s`. */
export function offsetText(milliseconds: number): string {
  return `+${(milliseconds / 1000).toFixed(3)} s`
}

/** The lines that hold every word of a filter in their type, node or summary. */
export function filterLines(
  lines: readonly EventLine[],
  filter: string,
  titleOfNode: (nodeId: string) => string,
): readonly EventLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return lines
  return lines.filter(({ event, nodeId }) => {
    const node = nodeId === undefined ? '' : titleOfNode(nodeId)
    const text = `${event.type} ${node} ${summaryOf(event)}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
