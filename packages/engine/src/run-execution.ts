import {
  addUsage,
  FlowError,
  toFlowError,
  type RunEventOf,
  type TraceLevel,
  type Usage,
} from '@millrace/flow'
import { Assignments } from './assignments.ts'
import { cancelled, next, stopped, type BlockEnd } from './block-end.ts'
import { CancelScope } from './cancel-scope.ts'
import { endOfCancelled, type Cancellation, type RunEnd } from './cancellation.ts'
import { RunUsage, type RunLimits } from './limits.ts'
import { NodeVisit } from './node-visit.ts'
import { OpenVisits } from './open-visits.ts'
import { Pace } from './pace.ts'
import type { Plan, PlannedBlock, PlannedVariable } from './plan.ts'
import type { Recorder } from './recorder.ts'
import type { Services } from './services.ts'
import { named, type Counted, type Pins, type Place, type VisitedRun } from './visited-run.ts'

/** Where a defect showed. */
export interface DefectSite {
  readonly runId: string
  readonly nodeId: string
}

/** Takes an error that is no `FlowError`, so a defect: clients see only `internal`. */
export type DefectListener = (thrown: unknown, site: DefectSite) => void

/** Which run a run runs again, and from which node on. */
export type RunAgain = NonNullable<RunEventOf<'run-start'>['again']>

/** How long after a cancellation *finally* blocks may run. */
const finallyMs = 10_000

/** The state of one run, and the walk through its plan. Numbers in brackets are rules of SPEC.md. */
export class RunExecution implements VisitedRun {
  readonly plan: Plan
  readonly runId: string
  readonly services: Services
  readonly recorder: Recorder
  readonly pinned: Pins
  readonly visits: OpenVisits
  readonly assignments: Assignments
  readonly pace: Pace
  readonly finallyScope = new CancelScope()
  readonly values: unknown[]
  readonly #usage: RunUsage
  readonly #seconds: number
  readonly #onDefect: DefectListener
  readonly #until: string | undefined
  readonly #again: RunAgain | undefined
  /** All of the run but its *finally* blocks. */
  readonly #scope = new CancelScope()
  readonly #ended = Promise.withResolvers<RunEventOf<'run-end'>>()
  #modelUsage: Usage | null = null
  #cancellation: Cancellation | undefined
  #finallyTimer: ReturnType<typeof setTimeout> | undefined
  /** Whether the node until which it runs has ended. */
  #isStopped = false
  #isEnded = false

  constructor(options: {
    readonly plan: Plan
    readonly runId: string
    readonly services: Services
    readonly recorder: Recorder
    readonly limits: RunLimits
    readonly pinned: Pins
    readonly until: string | undefined
    readonly again: RunAgain | undefined
    readonly onDefect: DefectListener
  }) {
    this.plan = options.plan
    this.runId = options.runId
    this.services = options.services
    this.recorder = options.recorder
    this.pinned = options.pinned
    this.visits = new OpenVisits(options.recorder)
    this.pace = new Pace(options.services.now)
    this.#usage = new RunUsage(options.limits)
    this.#seconds = options.limits.seconds ?? options.plan.settings.timeoutSeconds
    this.#onDefect = options.onDefect
    this.#until = options.until
    this.#again = options.again
    this.values = Array.from({ length: options.plan.slots }, () => null)
    this.assignments = new Assignments(options.plan.variables, this.values)
  }

  /** Runs the plan to its end; resolves with the terminal event, and never rejects. */
  run(input: unknown, accepted: Readonly<Record<string, unknown>>): Promise<RunEventOf<'run-end'>> {
    const { plan, recorder } = this
    recorder.record({
      type: 'run-start',
      runId: this.runId,
      flowId: plan.flow.id,
      document: plan.document,
      trace: recorder.level,
      input: input ?? null,
      ...(this.pinned.size === 0 ? {} : { pinned: [...this.pinned.keys()] }),
      ...(this.#until === undefined ? {} : { until: this.#until }),
      ...(this.#again === undefined ? {} : { again: this.#again }),
    })
    // At once, so that whoever learns the run's id finds it in the log.
    recorder.flush()
    const timer = setTimeout(() => this.cancel({ reason: 'timeout' }), this.#seconds * 1000)
    void this.#walk(accepted).finally(() => clearTimeout(timer))
    return this.#ended.promise
  }

  /** [E9] [E12] Cancels all but the *finally* blocks, and those when their time is over. */
  cancel(cancellation: Cancellation): void {
    if (this.#isEnded || this.#cancellation !== undefined) return
    this.#cancellation = cancellation
    this.#usage.startFinally()
    this.#scope.cancel()
    this.#finallyTimer = setTimeout(() => this.finallyScope.cancel(), finallyMs)
  }

  /** [E25] Records everything until the answer is called, and tells the log who sees it. */
  raiseTrace(by: string): () => void {
    const { recorder } = this
    if (recorder.ownLevel === 'full') return () => undefined
    const lower = recorder.raise()
    this.#note(`Everything is recorded from here on: ${by} watches.`, 'full')
    let isRaised = true
    return () => {
      if (!isRaised) return
      isRaised = false
      lower()
      if (recorder.level !== 'full')
        this.#note('It is recorded as before: nobody watches any more.', recorder.level)
    }
  }

  /** Tells from where on how much is recorded, in words and for machines. */
  #note(message: string, trace: TraceLevel): void {
    this.recorder.record({ type: 'node-log', level: 'info', message, data: { trace } })
  }

  runBlock(block: PlannedBlock, place: Place): BlockEnd | Promise<BlockEnd> {
    return this.#runSteps(block, 0, place)
  }

  countStep(by: Counted): void {
    const breach = this.#usage.countStep()
    if (breach === undefined) return
    const isCancelled = this.#cancellation !== undefined
    const error = this.#breached(breach, by)
    // A *finally* that is running goes on, with steps of its own.
    if (isCancelled || by.place.scope !== this.finallyScope) throw error
    this.#usage.countStep()
  }

  /** Sends a value to the client. Its JSON is made here, once, for every reader and the store. */
  yield(value: unknown, by: Counted): void {
    this.countStep(by)
    const json = JSON.stringify(value) ?? 'null'
    const breach = this.#usage.countYielded(json.length)
    if (breach !== undefined) throw this.#breached(breach, by)
    // A copy, so that what a node does to its value later does not change the past.
    const copy: unknown = typeof value === 'string' ? value : JSON.parse(json)
    this.recorder.record({ type: 'run-yield', visit: by.number, value: copy }, json)
  }

  reportDefect(thrown: unknown, nodeId: string): void {
    if (!(thrown instanceof FlowError)) this.#onDefect(thrown, { runId: this.runId, nodeId })
  }

  addUsage(usage: Usage | null): void {
    this.#modelUsage = addUsage(this.#modelUsage, usage)
  }

  setOutputs(
    variables: readonly PlannedVariable[],
    outputs: Readonly<Record<string, unknown>>,
  ): void {
    for (const { key, slot } of variables) this.values[slot] = outputs[key] ?? null
  }

  /** [E14] A breach of a limit is no error of a node: it ends the run, and nothing catches it. */
  #breached(breach: FlowError, { nodeId }: Counted): FlowError {
    const error = breach.at(nodeId)
    this.cancel({ reason: 'limit', error })
    return error
  }

  async #walk(accepted: Readonly<Record<string, unknown>>): Promise<void> {
    const place = { ...rootPlace, scope: this.#scope }
    try {
      this.#startTrigger(accepted, place)
      const end = await this.runBlock(this.plan.block, place)
      this.#end({ outcome: 'completed', result: end.kind === 'return' ? end.value : null })
    } catch (error) {
      this.#end({ outcome: 'failed', error: toFlowError(error).toShape() })
    }
  }

  #startTrigger(accepted: Readonly<Record<string, unknown>>, place: Place): void {
    const { trigger } = this.plan
    if (trigger === undefined) return
    const { visit } = this.visits.start(trigger.nodeId, place)
    this.setOutputs(trigger.outputs, accepted)
    this.visits.close(visit)
    this.recorder.record({
      type: 'node-end',
      visit,
      ...(this.recorder.level === 'full' ? { outputs: named(trigger.outputs, accepted) } : {}),
    })
    this.#isStopped = trigger.nodeId === this.#until
  }

  /** Runs steps for as long as they answer at once, and waits only from the first that does not. */
  #runSteps(block: PlannedBlock, first: number, place: Place): BlockEnd | Promise<BlockEnd> {
    for (let index = first; index < block.steps.length; index += 1) {
      const pause = this.pace.start()
      if (pause !== undefined) return this.#runRest(block, index, place, pause)
      const end = this.#runStep(block, index, place)
      if (end instanceof Promise) return this.#runRest(block, index + 1, place, end)
      if (end.kind !== 'next') return end
    }
    return next
  }

  /** The same from a step on that has to be waited for. */
  async #runRest(
    block: PlannedBlock,
    first: number,
    place: Place,
    // oxlint-disable-next-line no-invalid-void-type -- a pause, or a step
    waiting: Promise<BlockEnd | void>,
  ): Promise<BlockEnd> {
    let end = (await waiting) ?? next
    for (let index = first; end.kind === 'next' && index < block.steps.length; index += 1) {
      const pause = this.pace.start()
      if (pause !== undefined) await pause
      end = await this.#runStep(block, index, place)
    }
    return end
  }

  #runStep(block: PlannedBlock, index: number, place: Place): BlockEnd | Promise<BlockEnd> {
    const step = block.steps[index]
    if (place.scope.isCancelled || step === undefined) return cancelled
    if (this.#isStopped && place.scope !== this.finallyScope) return stopped
    const visit = new NodeVisit(this, step, place)
    return step.nodeId === this.#until ? this.#runLast(visit) : visit.run()
  }

  /** [E26] Runs the node behind which the run stops, however that node ends. */
  async #runLast(visit: NodeVisit): Promise<BlockEnd> {
    try {
      const end = await visit.run()
      return end.kind === 'return' || end.kind === 'cancelled' ? end : stopped
    } finally {
      this.#isStopped = true
    }
  }

  /** Records the terminal event, once; [E12] how a run was cancelled counts more than how it ended. */
  #end(end: RunEnd): void {
    if (this.#isEnded) return
    this.#isEnded = true
    const actual =
      this.#cancellation === undefined ? end : endOfCancelled(this.#cancellation, this.#seconds)
    clearTimeout(this.#finallyTimer)
    this.#scope.dispose()
    this.finallyScope.dispose()
    this.visits.closeAll()
    if (actual.outcome === 'failed') this.recorder.release()
    const event = this.recorder.close({
      type: 'run-end',
      ...actual,
      usage: this.#modelUsage,
      ...(this.#isStopped && this.#cancellation === undefined ? { until: this.#until } : {}),
    })
    this.#ended.resolve(event as RunEventOf<'run-end'>) // of the type that was just closed with
  }
}

const rootPlace = { parent: undefined, port: undefined, isInLoop: false } as const
