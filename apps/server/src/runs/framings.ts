import type { ErrorShape, RunEventOf } from '@millrace/flow'
import type { LogEntry } from '@millrace/engine'

/** How the entries of one run become bytes for one reader. */
export interface Framing {
  readonly contentType: string
  /** What its protocol wants in the head besides. */
  readonly headers?: Readonly<Record<string, string>>
  /** Looks at each entry as it was recorded, for what its protocol tells of the whole; before `encode`. */
  note?(entry: LogEntry): void
  /** The text of an entry as its reader sees it, in order and each once; empty for what is not told. */
  encode(entry: LogEntry): string
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
    encode({ event, seq, valueJson }) {
      if (valueJson !== undefined) return `id: ${seq}\nevent: yield\ndata: ${valueJson}\n\n`
      if (event.type !== 'run-end') return ''
      const kind = event.error === undefined ? 'end' : 'error'
      return `id: ${seq}\nevent: ${kind}\ndata: ${JSON.stringify(endOf(event, runId))}\n\n`
    },
    failure: (error) => `event: error\ndata: ${JSON.stringify({ error })}\n\n`,
    heartbeat: ':\n\n',
  }
}

/** One line for each value, and one for the end. */
export function valuesAsNdjson(runId: string): Framing {
  return {
    contentType: ndjson,
    encode({ event, seq, valueJson }) {
      if (valueJson !== undefined) return `{"seq":${seq},"value":${valueJson}}\n`
      if (event.type !== 'run-end') return ''
      const end = endOf(event, runId)
      return `${JSON.stringify('error' in end ? end : { end })}\n`
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
    encode({ event, valueJson }) {
      if (valueJson !== undefined) {
        const text = lead + valueJson
        lead = ',\n'
        return text
      }
      if (event.type !== 'run-end') return ''
      return `${lead === '[' ? lead : ''}${event.outcome === 'completed' ? ']\n' : ''}`
    },
    failure: () => '',
    heartbeat: undefined,
  }
}

/** The log itself: every event under its own name. */
export function eventsAsSse(): Framing {
  return {
    contentType: sse,
    encode: ({ event, seq, json }) => `id: ${seq}\nevent: ${event.type}\ndata: ${json}\n\n`,
    failure: (error) => `event: error\ndata: ${JSON.stringify({ error })}\n\n`,
    heartbeat: ':\n\n',
  }
}

/** The log itself, one event a line. */
export function eventsAsNdjson(): Framing {
  return {
    contentType: ndjson,
    encode: ({ json }) => `${json}\n`,
    failure: (error) => `${JSON.stringify({ error })}\n`,
    heartbeat: undefined,
  }
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
