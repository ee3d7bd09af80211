import type { RunEvent } from '@millrace/flow'
import { openStream } from './request.ts'

/**
 * Reads the log of a run from the server's history, in the batches in which it comes; one that goes
 * on is followed to its end. Fails with an `ApiError`.
 */
export async function* readRunEvents(
  runId: string,
  signal: AbortSignal,
): AsyncGenerator<readonly RunEvent[]> {
  const path = `/runs/${encodeURIComponent(runId)}/events`
  const body = await openStream(path, { accept: 'application/x-ndjson', signal })
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      // Our own server of the same build wrote them.
      if (lines.length > 0) yield lines.map((line) => JSON.parse(line) as RunEvent)
    }
  } finally {
    // Who stops reading lets go of the connection.
    void reader.cancel().catch(() => undefined)
  }
}
