import { isRecord, type RunEvent, type RunView } from '@millrace/flow'
import { readApiError } from './api-error.ts'
import { openStream } from './request.ts'

/**
 * Reads the log of a run from the server's history, in the batches in which it comes; one that goes
 * on is followed to its end. The view `client` leaves out all but the values. Fails with an `ApiError`.
 */
export async function* readRunEvents(
  runId: string,
  signal: AbortSignal,
  view: RunView = 'full',
): AsyncGenerator<readonly RunEvent[]> {
  const path = `/runs/${encodeURIComponent(runId)}/events${view === 'full' ? '' : `?view=${view}`}`
  const body = await openStream(path, { accept: 'application/x-ndjson', signal })
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      const read = lines.map((line): unknown => JSON.parse(line))
      const events = read.filter((line) => !isFailure(line))
      // Our own server of the same build wrote them.
      if (events.length > 0) yield events as RunEvent[]
      if (events.length < read.length) throw readApiError(500, read.at(-1))
    }
  } finally {
    // Who stops reading lets go of the connection.
    void reader.cancel().catch(() => undefined)
  }
}

/** The last line of a log that the server could not read to its end. */
function isFailure(line: unknown): boolean {
  return isRecord(line) && line['type'] === undefined
}
