import { FlowError, serializeFlow, type Flow, type Registry, type TraceLevel } from '@millrace/flow'
import {
  createFlowCalls,
  runFlow,
  type Connection,
  type DefectListener,
  type FlowCalls,
  type Plan,
  type Run,
  type RunLog,
  type RunOptions,
  type Services,
  type StartedCall,
} from '@millrace/engine'
import type { Environment } from '../environments/environment.ts'
import type { PlanIn } from '../environments/plan-for.ts'
import type { TraceContext } from '../http/trace-context.ts'
import type { RecordedRuns } from '../flow-tests/recorded-runs.ts'
import { timeOrderedId } from '../run-services.ts'
import type { RuntimeLoader } from '../runtime.ts'
import type { Readers, RunOwner } from './readers.ts'
import { askingNodesOf, isAsking } from './is-asking.ts'
import { secondsOf, type LimitsOfRuns, type RunKind } from './run-kind.ts'
import type { ObserveRun } from './run-observer.ts'
import type { RunOrigin, RunRecord, StartKey } from './run-record.ts'
import type { StoredRunLog } from './stored-run-log.ts'
import { unknownRun } from './unknown-run.ts'

/** How a run is started. */
export interface StartOptions extends RunPart {
  /** `undefined` when the caller sent nothing. */
  readonly input: unknown
  readonly kind: RunKind
  /** Whose flows it calls. */
  readonly environment: Environment
  /** Whose run it is. */
  readonly origin: RunOwner
  /** The flow's setting when not given. */
  readonly trace?: TraceLevel
  /** Whether a test can be made of it afterwards. */
  readonly isRecorded?: boolean
  /** The key or the visitor that starts it; who designs when not given. */
  readonly starter?: Starter | undefined
  /** Kept with the run, so that the same start finds it again. */
  readonly startKey?: StartKey | undefined
  /** The trace in which its client asks for it. */
  readonly traceContext?: TraceContext | undefined
  /**
   * What happens when its client leaves: what the flow's settings say, unless that client cannot come
   * back. Then waiting for it is no use, and the run is stopped while it asks a model.
   */
  readonly whenLeft?: 'stopWhileAsking'
}

/** A key or a visitor that starts runs. */
export interface Starter {
  /** As `starterOf` writes it. */
  readonly id: string
  /** How many of its runs may go on at one time; `null` for as many as the server's limits let. */
  readonly maxRuns: number | null
}

/** Which part of a flow is to run. */
export type RunPart = Pick<RunOptions, 'pinned' | 'until' | 'again'>

/** The runs of this process: started here, stopped here, and waited for when it ends. */
export interface ActiveRuns {
  /** Throws `draining`, `rate_limited`, `input_invalid`. */
  start(plan: Plan, options: StartOptions): Promise<Run>
  /** How a run stands. Throws `not_found`. */
  find(runId: string): Promise<RunRecord>
  /** Waits for a run's end, and answers how it stands then. Throws `not_found`. */
  ended(runId: string): Promise<RunRecord>
  /**
   * Answers when the run's end is stored; a run that ended already stays as it is. Throws `conflict`
   * for one that the store calls running but this process does not run, `not_found`.
   */
  stop(runId: string): Promise<RunRecord>
  /** Records a run in full until the answer is called, and logs who watches; of others there is nothing to record. */
  raiseTrace(runId: string, by: string): () => void
  /** Those that go on at this moment, called ones too. */
  inProgress(): readonly ChangedRun[]
  /** Calls back when a run has started or ended, until the answer is called. */
  listen(listener: (run: ChangedRun) => void): () => void
  /** Starts no more runs, lets those that run go on for so long, then interrupts them. */
  drain(ms: number): Promise<void>
}

/** A run that started or ended; `find` tells how it stands. */
export interface ChangedRun {
  readonly id: string
  readonly flowId: string
}

interface Options {
  readonly log: StoredRunLog
  readonly runtime: Pick<RuntimeLoader, 'load'>
  readonly readers: Readers
  readonly recorded: RecordedRuns
  readonly registry: Registry
  /** A connection as an environment has it. */
  readonly openConnection: (id: string, environment: Environment) => Promise<Connection>
  /** The plan of a flow, for runs that call it. */
  readonly planIn: PlanIn
  readonly onDefect: DefectListener
  /** Looks on at every run, called ones too. */
  readonly observe?: ObserveRun
  /** What requests of a run say of its trace. */
  readonly traceHeaders?: Services['traceHeaders']
  readonly limits: LimitsOfRuns
}

/** How a run is started, by somebody outside or by another run. */
interface BeginOptions
  extends
    Omit<StartOptions, 'origin' | 'whenLeft'>,
    Partial<Pick<StartedCall, 'runId' | 'signal'>> {
  readonly origin: RunOrigin
  readonly parentRunId?: string | null
}

interface ActiveRun extends ChangedRun {
  readonly run: Run
  readonly flow: Flow
  readonly kind: RunKind
  readonly trace: TraceLevel | undefined
  readonly parentRunId: string | null
  readonly startedBy: string | null
}

/**
 * How long interrupted runs may take to end: the engine gives them 2 s, and 12 s where a *finally*
 * runs. What is left is settled at the next start.
 */
const interruptedMs = 12_500

export function createActiveRuns(options: Options): ActiveRuns {
  const {
    log,
    runtime,
    readers,
    recorded,
    registry,
    openConnection,
    planIn,
    onDefect,
    observe,
    traceHeaders,
    limits,
  } = options
  const running = new Map<string, ActiveRun>()
  const listeners = new Set<(run: ChangedRun) => void>()
  let isDraining = false

  /** A run that is called is as its caller: in its environment, of its kind, recorded as fully. */
  function callsIn(environment: Environment): FlowCalls {
    return createFlowCalls({
      planOf: (flowId) => planIn(flowId, environment),
      newId: timeOrderedId,
      start(plan, { caller, ...call }) {
        const { kind = 'streaming', trace } = running.get(caller) ?? {}
        return begin(plan, {
          ...call,
          kind,
          environment,
          origin: 'flow',
          parentRunId: caller,
          ...(trace === undefined ? {} : { trace }),
        })
      },
    })
  }
  const calls: Readonly<Record<Environment, FlowCalls>> = {
    development: callsIn('development'),
    test: callsIn('test'),
    production: callsIn('production'),
  }

  async function begin(plan: Plan, options: BeginOptions): Promise<Run> {
    const { kind, environment, origin, parentRunId = null, ...others } = options
    const { isRecorded = false, starter, startKey, traceContext, ...runOptions } = others
    const startedBy = starter?.id ?? null
    const { services, nodes } = await runtime.load()
    if (isDraining) {
      throw new FlowError('draining', 'The server is stopping and starts no more runs.', {
        retryable: true,
        details: { retryAfter: lookAgainSeconds },
      })
    }
    expectRoom(kind, starter)
    const world: Services = {
      ...services,
      flows: calls[environment],
      connections: { get: (id) => openConnection(id, environment) },
      ...(traceHeaders === undefined ? {} : { traceHeaders }),
    }
    const recording = isRecorded ? recorded.record(world, nodes) : undefined
    const opened = log.opening({
      origin,
      parentRunId,
      startedBy,
      environment,
      startKey,
      documentText: () => serializeFlow(plan.flow),
    })
    const flowId = plan.flow.id
    const told = observe?.({ flowId, kind, origin, environment, parentRunId, traceContext })
    const run = runFlow(plan, {
      ...runOptions,
      services: recording?.services ?? world,
      log: told === undefined ? opened : observed(opened, told),
      onDefect,
      limits: {
        steps: limits.steps,
        yielded: limits.yielded,
        seconds: secondsOf(kind, plan.settings, limits),
      },
    })
    if (recording !== undefined) recorded.keep(run.id, { flow: plan.flow, recording })
    const active = {
      id: run.id,
      flowId,
      run,
      flow: plan.flow,
      kind,
      parentRunId,
      startedBy,
      trace: runOptions.trace,
    }
    running.set(run.id, active)
    tell(active)
    void run.end.then(() => {
      running.delete(run.id)
      tell(active)
    })
    return run
  }

  function tell({ id, flowId }: ActiveRun): void {
    for (const listener of listeners) listener({ id, flowId })
  }

  function expectRoom(kind: RunKind, starter: Starter | undefined): void {
    if (starter !== undefined) expectRoomOf(starter)
    if (running.size >= limits.runs) throw noRoom('runs', limits.runs)
    if (kind !== 'background') return
    const inBackground = [...running.values()].filter((active) => active.kind === kind)
    if (inBackground.length >= limits.backgroundRuns) {
      throw noRoom('backgroundRuns', limits.backgroundRuns)
    }
  }

  function expectRoomOf({ id, maxRuns }: Starter): void {
    if (maxRuns === null) return
    const itsOwn = [...running.values()].filter(({ startedBy }) => startedBy === id)
    if (itsOwn.length >= maxRuns) throw noRoomOfKey(maxRuns)
  }

  /** Whether a run, or one that it called, asks a model, or has yet to. */
  async function asks(runId: string): Promise<boolean> {
    const active = running.get(runId)
    if (active === undefined) return false
    const askingNodes = askingNodesOf(active.flow, registry)
    if (await isAsking(log, { id: runId, askingNodes })) return true
    const called = [...running.values()].filter(({ parentRunId }) => parentRunId === runId)
    const answers = await Promise.all(called.map(({ id }) => asks(id)))
    return answers.includes(true)
  }

  async function find(runId: string): Promise<RunRecord> {
    const record = await log.find(runId)
    if (record === undefined) throw unknownRun(runId)
    return record
  }

  return {
    async start(plan, { whenLeft, ...startOptions }) {
      const run = await begin(plan, startOptions)
      const { kind, origin: owner } = startOptions
      const wished = kind === 'background' ? 'finish' : plan.settings.onDisconnect
      const policy = whenLeft !== undefined && wished !== 'finish' ? () => asks(run.id) : wished
      readers.watch(run, { policy, owner })
      return run
    },
    find,
    async ended(runId) {
      await running.get(runId)?.run.end
      return find(runId)
    },
    async stop(runId) {
      const active = running.get(runId)
      if (active !== undefined) {
        await active.run.stop('stop')
        await log.flush()
      }
      const record = await find(runId)
      if (record.state === 'running') throw notOurs(runId)
      return record
    },
    raiseTrace: (runId, by) => running.get(runId)?.run.raiseTrace(by) ?? (() => undefined),
    inProgress: () => [...running.values()],
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async drain(ms) {
      isDraining = true
      await within(ms, allEnded(running))
      // The latest first: a run that was called is interrupted itself, not stopped by its caller.
      for (const { run } of [...running.values()].toReversed()) void run.stop('shutdown')
      await within(interruptedMs, allEnded(running))
    },
  }
}

/** The same log, of which somebody is told what it takes. */
function observed(log: RunLog, told: ReturnType<ObserveRun>): RunLog {
  return {
    ...log,
    append(runId, entries) {
      log.append(runId, entries)
      told(entries)
    },
  }
}

/** When a run ends, or another server takes over, cannot be told; so soon a client may look again. */
const lookAgainSeconds = 1

function noRoom(limit: 'runs' | 'backgroundRuns', max: number): FlowError {
  const what = limit === 'runs' ? 'runs are running' : 'runs are running in the background'
  return new FlowError(
    'rate_limited',
    `${max} ${what} already, as many as this server takes. Try again when some have ended.`,
    { retryable: true, details: { limit, max, retryAfter: lookAgainSeconds } },
  )
}

function noRoomOfKey(max: number): FlowError {
  return new FlowError(
    'rate_limited',
    `The API key has ${max} ${max === 1 ? 'run' : 'runs'} that ${max === 1 ? 'goes' : 'go'} on, as many as it may have. Try again when one has ended.`,
    {
      retryable: true,
      details: { limit: 'concurrentRuns', max, retryAfter: lookAgainSeconds },
    },
  )
}

function notOurs(runId: string): FlowError {
  return new FlowError(
    'conflict',
    `Run "${runId}" is not run by this server: its process may have been killed. It ends as interrupted within 30 seconds; read how it stands then.`,
    { retryable: true },
  )
}

function allEnded(running: ReadonlyMap<string, ActiveRun>): Promise<unknown> {
  return Promise.all([...running.values()].map(({ run }) => run.end))
}

async function within(ms: number, wait: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([wait, promise])
  clearTimeout(timer)
}
