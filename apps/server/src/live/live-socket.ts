import { exceedsDepth, FlowError, parseFlow, serializeFlow, toFlowError } from '@millrace/flow'
import { followRun, type Plan, type RunLog } from '@millrace/engine'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { readDocument } from '../flows/read-document.ts'
import type { ActiveRuns } from '../runs/active-runs.ts'
import type { Readers } from '../runs/readers.ts'
import { readClientFrame, subjectOf, type ClientFrame, type ServerFrame } from './live-frames.ts'
import { createLiveSink } from './live-sink.ts'

export interface LiveOptions {
  readonly runs: ActiveRuns
  readonly log: RunLog
  readonly readers: Readers
  /** The plan of a document that need not be stored. */
  readonly planOfText: (document: { id: string; text: string }) => Promise<Plan>
  /** The plan of a stored flow. */
  readonly planOf: (flowId: string) => Promise<Plan>
  readonly logger: Logger
}

/** A socket follows at most so many runs at one time. */
const maxFollowed = 100
const maxDepth = 64

/** Speaks `/api/live` with one client: starts runs at trace `full`, follows and stops them. */
export function serveLive(socket: WebSocket, options: LiveOptions): void {
  const { runs, log, readers, planOf, planOfText, logger } = options
  const left = new AbortController()
  const followed = new Set<string>()
  socket.on('close', () => left.abort())
  // A frame that is too large, or bytes that are no frame: the library closes the socket.
  socket.on('error', (error) => logger.debug({ err: error }, 'live socket failed'))
  socket.on('message', (data, isBinary) => {
    // Frames come whole, as one buffer: the library's `binaryType` is left at its default.
    const text = isBinary || !Buffer.isBuffer(data) ? '' : data.toString('utf8')
    take(text).catch((error: unknown) => refuse(subjectOf(text), error))
  })

  async function take(text: string): Promise<void> {
    const frame = readClientFrame(text)
    switch (frame.type) {
      case 'start':
        return start(frame)
      case 'attach':
        return follow(frame.runId, frame.after)
      case 'stop':
        await runs.stop(frame.runId)
        return
      case 'ping':
        send({ type: 'pong' })
    }
  }

  async function start(frame: Extract<ClientFrame, { type: 'start' }>): Promise<void> {
    const plan = await planOfFrame(frame)
    // The client may have gone while the flow was read: then nobody wants the run.
    if (left.signal.aborted) return
    const run = await runs.start(plan, { input: frame.input ?? {}, trace: 'full' })
    send({ type: 'started', ref: frame.ref, runId: run.id })
    await follow(run.id, 0)
  }

  function planOfFrame({ flow, flowId }: Extract<ClientFrame, { type: 'start' }>): Promise<Plan> {
    if (flow === undefined) {
      if (flowId !== undefined) return planOf(flowId)
      throw new FlowError(
        'bad_request',
        'A start frame names a flow: put a document into "flow", or an id into "flowId".',
      )
    }
    if (exceedsDepth(flow, maxDepth)) {
      throw new FlowError('limit_exceeded', `The document nests deeper than ${maxDepth} levels.`, {
        details: { limit: 'depth', max: maxDepth },
      })
    }
    const parsed = parseFlow(flow)
    return planOfText(
      parsed.status === 'flow'
        ? { id: parsed.flow.id, text: serializeFlow(parsed.flow) }
        : readDocument(flow),
    )
  }

  async function follow(runId: string, after: number): Promise<void> {
    if (followed.has(runId)) return
    if (followed.size >= maxFollowed) {
      throw new FlowError(
        'limit_exceeded',
        `One socket follows at most ${maxFollowed} runs. Open another.`,
        {
          details: { limit: 'followedRuns', max: maxFollowed },
        },
      )
    }
    followed.add(runId)
    const leave = readers.enter(runId)
    try {
      const sink = createLiveSink(socket, runId)
      await followRun(log, { runId, after, sink, signal: left.signal })
    } catch (error) {
      refuse({ runId }, error)
    } finally {
      leave()
      followed.delete(runId)
    }
  }

  function refuse(subject: ReturnType<typeof subjectOf>, thrown: unknown): void {
    const error = toFlowError(thrown)
    if (error.code === 'internal') logger.error({ err: error.cause ?? error }, 'live frame failed')
    send({ type: 'error', ...subject, error: error.toShape() })
  }

  function send(frame: ServerFrame): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
  }
}
