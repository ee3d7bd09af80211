import {
  exceedsDepth,
  FlowError,
  maxDepth,
  type RunEvent,
  type RunEventOf,
  type TraceLevel,
} from '@millrace/flow'
import { createServices } from './create-services.ts'
import { followRun } from './follow-run.ts'
import { defaultLimits, type RunLimits } from './limits.ts'
import type { LogEntry } from './log-entry.ts'
import { createMemoryRunLog } from './memory-run-log.ts'
import type { Plan, PlannedBlock } from './plan.ts'
import { Recorder } from './recorder.ts'
import { RunExecution, type DefectListener, type RunAgain } from './run-execution.ts'
import type { RunLog } from './run-log.ts'
import type { Services } from './services.ts'
import type { Pins } from './visited-run.ts'

export interface RunOptions {
  /** What the caller sent; the trigger says what it must be. */
  readonly input?: unknown
  /** The outside world; when not given, the platform's clock and ids, without connections. */
  readonly services?: Services
  /** Where the events go; a log of its own in memory when not given. */
  readonly log?: RunLog
  /** An id of the caller's choice; else a fresh one. */
  readonly runId?: string
  /** How much is recorded; the flow's setting when not given. */
  readonly trace?: TraceLevel
  /** Stops the run when aborted. */
  readonly signal?: AbortSignal
  readonly limits?: Partial<RunLimits>
  /** What nodes have that shall not run. */
  readonly pinned?: Pins
  /** The node behind which the run stops; the flow has it. */
  readonly until?: string
  /** Which run this one runs again, and from where; only told, `pinned` says what is taken over. */
  readonly again?: RunAgain
  /** Told of defects of nodes, which a caller sees as `internal` only; log them. */
  readonly onDefect?: DefectListener
}

/** Why a run is ended from outside. `shutdown` leaves it `interrupted`, the others `cancelled`. */
export type StopReason = 'stop' | 'disconnect' | 'shutdown'

/** One execution of a plan. */
export interface Run {
  readonly id: string
  /** Resolves with the terminal event once it is in the log; never rejects. */
  readonly end: Promise<RunEventOf<'run-end'>>
  /** Cancels the run and answers like `end`; a run that ended already stays as it is. */
  stop(reason: StopReason): Promise<RunEventOf<'run-end'>>
  /** Records everything until the answer is called; who watches is logged. */
  raiseTrace(by: string): () => void
  /** The events after a number, up to and including the end. */
  events(after?: number): AsyncIterable<RunEvent>
  /** What it yields, in order. Ends with the run; throws a `FlowError` when that did not complete. */
  values(): AsyncIterable<unknown>
  /** What *Return* gave, null if nothing. Rejects with a `FlowError` when the run did not complete. */
  result(): Promise<unknown>
}

/**
 * Starts a plan. Throws, before anything ran, when the input nests too deep (`limit_exceeded`) or
 * does not suit the trigger, or `until` names no node (`input_invalid`); everything later is told by events.
 */
export function runFlow(plan: Plan, options: RunOptions = {}): Run {
  if (options.services !== undefined) return start(plan, options, options.services)
  const services = createServices()
  const run = start(plan, options, services)
  void run.end.then(services.dispose)
  return run
}

function start(plan: Plan, options: RunOptions, services: Services): Run {
  const { signal } = options
  const log = options.log ?? createMemoryRunLog()
  const runId = options.runId ?? services.newId()
  if (exceedsDepth(options.input, maxDepth)) {
    throw new FlowError(
      'limit_exceeded',
      `The input of the run nests deeper than ${maxDepth} levels. Send it flatter, or as text.`,
      { details: { limit: 'depth', max: maxDepth } },
    )
  }
  const { trigger } = plan
  if (options.until !== undefined) expectStop(plan, options.until)
  const accepted = trigger?.implementation.accept(options.input, trigger.properties) ?? {}
  const recorder = new Recorder({
    runId,
    log,
    now: services.now,
    level: options.trace ?? plan.settings.trace,
  })
  const execution = new RunExecution({
    plan,
    runId,
    services,
    recorder,
    limits: { ...defaultLimits, ...options.limits },
    pinned: options.pinned ?? new Map(),
    until: options.until,
    again: options.again,
    onDefect: options.onDefect ?? (() => undefined),
  })
  // Before anything runs: whoever gave up already wants none of it.
  if (signal?.aborted === true) execution.cancel({ reason: 'stop' })
  const end = execution.run(options.input, accepted)
  const stop = (reason: StopReason) => {
    execution.cancel({ reason })
    return end
  }
  if (signal !== undefined) {
    const onAbort = () => execution.cancel({ reason: 'stop' })
    signal.addEventListener('abort', onAbort, { once: true })
    void end.then(() => signal.removeEventListener('abort', onAbort))
  }
  return {
    id: runId,
    end,
    stop,
    raiseTrace: (by) => execution.raiseTrace(by),
    events: (after = 0) => eventsOf(log, runId, after),
    values: () => valuesOf(eventsOf(log, runId, 0)),
    result: async () => resultOf(await end),
  }
}

/** [E26] A run does not come to a resource, nor to what is in another flow. */
function expectStop({ trigger, block }: Plan, nodeId: string): void {
  if (trigger?.nodeId === nodeId || hasStep(block, nodeId)) return
  throw new FlowError(
    'input_invalid',
    `The run cannot stop behind the node "${nodeId}", since it never comes there. Name a trigger or an action that the start leads to.`,
  )
}

function hasStep({ steps }: PlannedBlock, nodeId: string): boolean {
  return steps.some(
    (step) =>
      step.nodeId === nodeId || [...step.blocks.values()].some((block) => hasStep(block, nodeId)),
  )
}

async function* valuesOf(events: AsyncIterable<RunEvent>): AsyncIterable<unknown> {
  for await (const event of events) {
    if (event.type === 'run-yield') yield event.value
    if (event.type === 'run-end') resultOf(event)
  }
}

function resultOf({ outcome, result, error }: RunEventOf<'run-end'>): unknown {
  if (outcome === 'completed') return result ?? null
  if (error === undefined) throw new FlowError('cancelled', 'The run was stopped before its end.')
  const { code, message, ...where } = error
  throw new FlowError(code, message, where)
}

async function* eventsOf(log: RunLog, runId: string, after: number): AsyncIterable<RunEvent> {
  const reader = new AbortController()
  let queue: LogEntry[] = []
  let wake: () => void = () => undefined
  let isDone = false
  let failure: unknown
  const following = followRun(log, {
    runId,
    after,
    signal: reader.signal,
    sink: {
      write(entries) {
        queue.push(...entries)
        wake()
        return entries.length
      },
      drained: () => Promise.resolve(),
    },
  })
  const settled = following
    .catch((error: unknown) => {
      failure = error
    })
    .then(() => {
      isDone = true
      wake()
    })
  try {
    while (true) {
      const batch = queue
      queue = []
      for (const entry of batch) yield entry.event
      if (queue.length > 0) continue
      if (isDone) break
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (failure !== undefined)
      throw failure instanceof Error
        ? failure
        : new FlowError('internal', 'The log could not be read.', { cause: failure })
  } finally {
    reader.abort()
    await settled
  }
}
