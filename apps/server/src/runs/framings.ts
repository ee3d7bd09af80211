import { clientView, type ErrorShape, type RunEventOf, type RunView } from '@millrace/flow'
import type { LogEntry } from '@millrace/engine'

/** How the entries of one run become bytes for one reader. */
export interface Framing {
  readonly contentType: string
  /** Who reads it. */
  readonly view: RunView
  /** The text of entries that are sent together; empty when the reader sees none of them. */
  encode(entries: readonly LogEntry[]): string
  /** What ends a stream that cannot go on, in this framing. */
  failure(error: ErrorShape): string
  /** Keeps an idle stream open. */
  readonly heartbeat: string | undefined
}

const sse = 'text/event-stream'
const ndjson = 'application/x-ndjson'

/** Each yielded value as an event of its own, then `end` or `error`. */
export function valuesAsSse(runId: string): Framing {
  return {
    contentType: sse,
    view: 'client',
    encode(entries) {
      let text = ''
      for (const { event, seq, valueJson } of entries) {
        if (valueJson !== undefined) text += `id: ${seq}\nevent: yield\ndata: ${valueJson}\n\n`
        else if (event.type === 'run-end') {
          const kind = event.error === undefined ? 'end' : 'error'
          text += `id: ${seq}\nevent: ${kind}\ndata: ${JSON.stringify(endOf(event, runId))}\n\n`
        }
      }
      return text
    },
    failure: (error) => `event: error\ndata: ${JSON.stringify({ error })}\n\n`,
    heartbeat: ':\n\n',
  }
}

/** One line for each value, and one for the end. */
export function valuesAsNdjson(runId: string): Framing {
  return {
    contentType: ndjson,
    view: 'client',
    encode(entries) {
      let text = ''
      for (const { event, seq, valueJson } of entries) {
        if (valueJson !== undefined) text += `{"seq":${seq},"value":${valueJson}}\n`
        else if (event.type === 'run-end') {
          const end = endOf(event, runId)
          text += `${JSON.stringify('error' in end ? end : { end })}\n`
        }
      }
      return text
    },
    failure: (error) => `${JSON.stringify({ error })}\n`,
    heartbeat: undefined,
  }
}

/** One array of values; left unclosed when the run fails, so that nobody takes it for whole. */
export function valuesAsArray(): Framing {
  let lead = '['
  return {
    contentType: 'application/json',
    view: 'client',
    encode(entries) {
      let text = ''
      for (const { event, valueJson } of entries) {
        if (valueJson !== undefined) {
          text += `${lead}${valueJson}`
          lead = ',\n'
        } else if (event.type === 'run-end') {
          const isWhole = event.outcome === 'completed'
          text += `${lead === '[' ? lead : ''}${isWhole ? ']\n' : ''}`
        }
      }
      return text
    },
    failure: () => '',
    heartbeat: undefined,
  }
}

/** The log itself: every event of a view under its own name. */
export function eventsAsSse(view: RunView): Framing {
  return {
    contentType: sse,
    view,
    encode(entries) {
      let text = ''
      for (const entry of entries) {
        const json = jsonIn(view, entry)
        if (json !== undefined)
          text += `id: ${entry.seq}\nevent: ${entry.event.type}\ndata: ${json}\n\n`
      }
      return text
    },
    failure: (error) => `event: error\ndata: ${JSON.stringify({ error })}\n\n`,
    heartbeat: ':\n\n',
  }
}

/** The log itself, one event a line. */
export function eventsAsNdjson(view: RunView): Framing {
  return {
    contentType: ndjson,
    view,
    encode(entries) {
      let text = ''
      for (const entry of entries) {
        const json = jsonIn(view, entry)
        if (json !== undefined) text += `${json}\n`
      }
      return text
    },
    failure: (error) => `${JSON.stringify({ error })}\n`,
    heartbeat: undefined,
  }
}

/** The JSON of an event as a view shows it; `undefined` for one that it does not show. */
export function jsonIn(view: RunView, entry: LogEntry): string | undefined {
  if (view === 'full') return entry.json
  const visible = clientView(entry.event)
  if (visible === undefined) return undefined
  return visible === entry.event ? entry.json : JSON.stringify(visible)
}

/** What the last event of a stream says. A run that was stopped ends without an error. */
function endOf(event: RunEventOf<'run-end'>, runId: string) {
  if (event.error !== undefined) return { error: event.error }
  return {
    outcome: event.outcome,
    runId,
    usage: event.usage ?? null,
    result: event.result ?? null,
    ...(event.lost === true ? { lost: true } : {}),
  }
}
