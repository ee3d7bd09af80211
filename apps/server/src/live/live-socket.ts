import { FlowError, parseFlow, serializeFlow, toFlowError, type Registry } from '@millrace/flow'
import type { Plan, Run } from '@millrace/engine'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { expectDesigner, expectMayRun, findOwnRun, starterOf } from '../access/own-runs.ts'
import type { CountRequest } from '../access/count-request.ts'
import type { Principal } from '../access/principal.ts'
import type { PlanFor, PlannedFlow } from '../environments/plan-for.ts'
import { expectDepth } from '../http/expect-depth.ts'
import type { LimitsOfRequests } from '../http/limits.ts'
import type { TraceContext } from '../http/trace-context.ts'
import { readDocument } from '../flows/read-document.ts'
import type { ActiveRuns } from '../runs/active-runs.ts'
import type { Readers } from '../runs/readers.ts'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import { createFollowedRuns, type LimitsOfSockets } from './followed-runs.ts'
import { readClientFrame, subjectOf, type ClientFrame, type ServerFrame } from './live-frames.ts'
import { partOfFrame, type PartOfFrame } from './part-of-frame.ts'
import { createWatchedRuns } from './watched-runs.ts'

export interface LiveOptions {
  readonly runs: ActiveRuns
  readonly log: StoredRunLog
  readonly readers: Readers
  readonly registry: Registry
  /** The plan of a document that need not be stored. */
  readonly planOfText: (document: { id: string; text: string }) => Promise<Plan>
  readonly planFor: PlanFor
  readonly principal: Principal
  /** The trace in which the socket was opened; its runs are started in it. */
  readonly traceContext: TraceContext | undefined
  readonly countRequest: CountRequest
  readonly limits: LimitsOfRequests & LimitsOfSockets
  readonly logger: Logger
  /** Told of every frame that was refused. */
  readonly onRefused: (error: FlowError) => void
}

/** So much may wait for a client that goes on asking without reading; then it is left. */
const maxWaitingBytes = 4 * 1024 * 1024

type StartFrame = Extract<ClientFrame, { type: 'start' }>
type AttachFrame = Extract<ClientFrame, { type: 'attach' }>

/** Only a frame with a document may be larger than a body elsewhere. Throws `limit_exceeded`. */
function expectFitting(frame: ClientFrame, bytes: number, max: number): void {
  const holdsDocument = frame.type === 'start' && frame.flow !== undefined
  if (holdsDocument || bytes <= max) return
  throw new FlowError(
    'limit_exceeded',
    `A frame without a document holds at most ${max} bytes. Send less.`,
    { details: { limit: 'frame', max } },
  )
}

/** Speaks `/api/live` with one client: starts runs, follows and stops them, tells which there are. */
export function serveLive(socket: WebSocket, options: LiveOptions): void {
  const { runs, planFor, planOfText, principal, traceContext, countRequest, limits, logger } =
    options
  const left = new AbortController()
  const followed = createFollowedRuns({ ...options, socket, left: left.signal, send })
  const watched = createWatchedRuns({ socket, runs, send })
  socket.on('close', () => {
    left.abort()
    watched.close()
  })
  // A frame that is too large, or bytes that are no frame: the library closes the socket.
  socket.on('error', (error) => logger.debug({ err: error }, 'live socket failed'))
  const expectReader = () => {
    if (socket.bufferedAmount > maxWaitingBytes) socket.terminate()
  }
  socket.on('ping', expectReader)
  socket.on('message', (data, isBinary) => {
    expectReader()
    // Frames come whole, as one buffer: the library's `binaryType` is left at its default.
    const text = isBinary || !Buffer.isBuffer(data) ? '' : data.toString('utf8')
    take(text).catch((error: unknown) => refuse(subjectOf(text), error))
  })

  async function take(text: string): Promise<void> {
    const frame = readClientFrame(text)
    expectFitting(frame, Buffer.byteLength(text), limits.bodyBytes)
    switch (frame.type) {
      case 'start':
        return start(frame)
      case 'attach':
        return attach(frame)
      case 'stop':
        await findOwnRun(runs, { runId: frame.runId, principal })
        await runs.stop(frame.runId)
        return
      case 'watchRuns':
        expectDesigner(principal)
        return watched.watch(frame.flowId)
      case 'ping':
        send({ type: 'pong' })
    }
  }

  async function start(frame: StartFrame): Promise<void> {
    countRequest(principal)
    if (frame.view === 'full') expectDesigner(principal)
    if (frame.flowId !== undefined) expectMayRun(principal, frame.flowId)
    expectDepth(frame.input, limits.jsonDepth, 'The input')
    const planned = await planOfFrame(frame)
    const { part, input, again } = await partOfFrame(frame, planned.plan, options)
    // The client may have gone while the flow was read: then nobody wants the run.
    if (left.signal.aborted) return
    // A run that could not be followed is not started: nobody would know of it.
    const { id: runId } = await followed.reserve(() => startRun(planned, { ...frame, input, part }))
    send({ type: 'started', ref: frame.ref, runId, ...(again === undefined ? {} : { again }) })
    await follow({ runId, after: 0, view: frame.view, watch: false })
  }

  function startRun(
    { plan, environment }: PlannedFlow,
    { input, part, view, record = false }: StartFrame & Pick<PartOfFrame, 'part'>,
  ): Promise<Run> {
    const common = {
      ...part,
      input,
      kind: 'streaming',
      environment,
      isRecorded: record,
      traceContext,
    } as const
    return view === 'client'
      ? runs.start(plan, { ...common, origin: 'client', starter: starterOf(principal) })
      : runs.start(plan, { ...common, origin: 'designer', trace: 'full' })
  }

  async function planOfFrame({ flow, flowId, env, view }: StartFrame): Promise<PlannedFlow> {
    if (flow === undefined) {
      if (flowId !== undefined) return planFor(flowId, { principal, environment: env })
      throw new FlowError(
        'bad_request',
        'A start frame names a flow: put a document into "flow", or an id into "flowId".',
      )
    }
    if (view === 'client') {
      throw new FlowError(
        'bad_request',
        'A client names a flow and never sends one. Put its id into "flowId", or leave "view" out.',
      )
    }
    if (env !== undefined && env !== 'development') {
      throw new FlowError(
        'bad_request',
        `A document that is sent runs in development. Leave out "env", or name what is published to ${env} by "flowId".`,
      )
    }
    expectDepth(flow, limits.jsonDepth, 'The document')
    const parsed = parseFlow(flow)
    const plan = await planOfText(
      parsed.status === 'flow'
        ? { id: parsed.flow.id, text: serializeFlow(parsed.flow) }
        : readDocument(flow),
    )
    return { plan, environment: 'development' }
  }

  async function attach(frame: AttachFrame): Promise<void> {
    if (frame.view === 'full') expectDesigner(principal)
    if (frame.view === 'client' && frame.watch) {
      throw new FlowError(
        'bad_request',
        'Only the full view records everything. Leave out "watch", or ask for "view": "full".',
      )
    }
    await findOwnRun(runs, { runId: frame.runId, principal })
    return follow(frame)
  }

  async function follow(following: Omit<AttachFrame, 'type'>): Promise<void> {
    try {
      await followed.follow(following)
    } catch (error) {
      refuse({ runId: following.runId }, error)
    }
  }

  function refuse(subject: ReturnType<typeof subjectOf>, thrown: unknown): void {
    const error = toFlowError(thrown)
    options.onRefused(error)
    if (error.code === 'internal') logger.error({ err: error.cause ?? error }, 'live frame failed')
    send({ type: 'error', ...subject, error: error.toShape() })
  }

  function send(frame: ServerFrame): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
  }
}
