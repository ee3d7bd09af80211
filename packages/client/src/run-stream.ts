import { isAnswer, readValue, textOf, type RunOutcome, type Usage } from '@millrace/flow/events'
import type { CallOptions } from './connection.ts'
import { followRun, read, seqOf } from './followed-run.ts'
import { onceAtATime } from './once-at-a-time.ts'
import type { ClientOptions } from './request.ts'

/** How a streamed run ended, when it did not fail. */
export interface RunSummary {
  readonly runId: string
  /** Stopped and interrupted runs do not throw: what they yielded stands. */
  readonly outcome: RunOutcome
  /** What *Return* returned; null for nothing. */
  readonly result: unknown
  readonly usage: Usage | null
  /** The end of its log was lost, as when its server was killed: values may be missing. */
  readonly lost?: boolean
}

/**
 * The yields of a run, in order and each exactly once, also across lost connections. Who stops
 * reading leaves the run, whose flow says what becomes of it; who reads again goes on behind the last
 * value that was read.
 */
export interface RunStream extends AsyncIterable<unknown> {
  readonly runId: string
  /** The number of the last event that was read; give it to `attach` to go on later. */
  readonly seq: number
  /** Set once the values were read to their end. */
  readonly summary: RunSummary | undefined
  /** Reads on to the end, and gives the text of the answer: what was yielded, else what was returned. */
  text(): Promise<string>
}

export interface StreamStart extends CallOptions {
  readonly runId: string
  readonly after: number
  /** The response that began the stream, if there is one already. */
  readonly response?: Response
}

/** The values of a run; reading them throws the run's own error, or what kept it from being resumed. */
export function createRunStream(client: ClientOptions, start: StreamStart): RunStream {
  const { runId, after, response, ...call } = start
  let seq = after
  let summary: RunSummary | undefined
  let unread = response

  async function* values(): AsyncGenerator<unknown> {
    if (summary !== undefined) return
    const first = unread
    unread = undefined
    const position = () => seq
    const batches = followRun(client, { ...call, runId, what: 'stream', position, response: first })
    for await (const events of batches) {
      for (const event of events) {
        if (event.event === 'yield' && seqOf(event) > seq) {
          const value = read(event)
          seq = seqOf(event)
          yield value
        } else if (event.event === 'end') {
          summary = { runId, ...(read(event) as Omit<RunSummary, 'runId'>) } // the server's contract
          return
        }
      }
    }
  }

  const stream: RunStream = {
    runId,
    get seq() {
      return seq
    },
    get summary() {
      return summary
    },
    async text() {
      const pieces: string[] = []
      for await (const value of stream) {
        if (isAnswer(readValue(value))) pieces.push(textOf(value))
      }
      return pieces.length > 0 ? pieces.join('') : textOf(summary?.result)
    },
    [Symbol.asyncIterator]: onceAtATime(runId, values),
  }
  return stream
}
