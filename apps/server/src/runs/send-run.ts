import { errorForVisitor, toFlowError, type RunView } from '@millrace/flow'
import { followRun, type EntrySink, type RunLog } from '@millrace/engine'
import type { Response } from 'express'
import type { Logger } from 'pino'
import { takeOverChunks, type ChunkedBody } from '../http/chunked-body.ts'
import type { Heartbeat } from '../http/heartbeat.ts'
import { idsOf } from '../http/request-line.ts'
import { entryIn } from './entry-in.ts'
import type { Framing } from './framings.ts'
import type { Readers } from './readers.ts'
import { fullLength, writeBatches, type Batches } from './write-batches.ts'

/** What sending a run takes of the server. */
export interface RunSending {
  readonly log: RunLog
  readonly readers: Readers
  readonly heartbeat: Heartbeat
  readonly logger: Logger
  /** How long a reader may take nothing of what waits for it before it is left; it can come back. */
  readonly stallMs?: number
}

const defaultStallMs = 30_000

/** What of a run is sent, and how. */
export interface SentRun {
  readonly runId: string
  /** The number of the last event that the reader has. */
  readonly after: number
  /** Who reads it: no framing gets more of the run than that. */
  readonly view: RunView
  readonly framing: Framing
}

/**
 * Sends a run to the response until the run's end or the reader's. The head of the answer, with the
 * run's id, goes out at once, so that a reader that is cut off can come back.
 */
export async function sendRun(
  { log, readers, heartbeat, logger, stallMs = defaultStallMs }: RunSending,
  response: Response,
  { runId, after, view, framing }: SentRun,
): Promise<void> {
  if (response.req.method === 'HEAD') {
    // Its client reads nothing, so it is no reader, and waits for no end.
    response.writeHead(200, headOf({ runId, framing })).end()
    return
  }
  const leave = readers.enter(runId, view)
  const left = new AbortController()
  const leaves = () => left.abort()
  // A response's `close` comes late enough; a request's own fires once its body was read.
  response.once('close', leaves)
  // It may have left while its flow was being read.
  if (response.destroyed) left.abort()
  response.writeHead(200, headOf({ runId, framing }))
  response.flushHeaders()
  const body = takeOverChunks(response)
  const stopBeating = heartbeat.add(() => {
    const isIdle = body.stream.writableLength === 0
    if (isIdle && framing.heartbeat !== undefined) body.write(framing.heartbeat)
  })
  try {
    const sink = createResponseSink(response, body, { view, framing, stallMs })
    await followRun(log, { runId, after, sink, signal: left.signal })
  } catch (thrown) {
    const error = toFlowError(thrown)
    if (error.code === 'internal') {
      logger.error({ err: error.cause, ...idsOf(response) }, 'stream failed')
    }
    const shape = error.toShape()
    const failure = framing.failure(view === 'visitor' ? errorForVisitor(shape) : shape)
    if (failure !== '') body.write(failure)
  } finally {
    stopBeating()
    leave()
    response.off('close', leaves)
    body.end()
  }
}

function headOf({ runId, framing }: Pick<SentRun, 'runId' | 'framing'>) {
  return {
    'content-type': framing.contentType,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-run-id': runId,
    ...framing.headers,
  }
}

/** One socket write, or few, for the entries of an append. */
function createResponseSink(
  response: Response,
  body: ChunkedBody,
  { view, framing, stallMs }: Pick<SentRun, 'view' | 'framing'> & { readonly stallMs: number },
): EntrySink {
  const isFull = () => body.stream.writableLength >= fullLength
  const batches: Batches = {
    encode(entry) {
      framing.note?.(entry)
      const visible = entryIn(view, entry)
      return visible === undefined ? '' : framing.encode(visible)
    },
    separator: '',
    send: body.write,
    isFull,
  }
  return {
    write: (entries) => writeBatches(entries, batches),
    drained: () =>
      new Promise((resolve) => {
        // The socket may have taken everything, and said so, before anybody asked. One that is ending says
        // that it needs no drain, and takes nothing more: its reader is waited for until it is gone.
        if (!isFull()) {
          resolve()
          return
        }
        // Node.js closes a socket of which nothing at all was taken for so long; one that is slow has its time.
        response.setTimeout(stallMs)
        body.stream.once('drain', () => {
          response.setTimeout(0)
          resolve()
        })
      }),
  }
}
