import { addUsage, FlowError, toFlowError, type RunEventOf, type Usage } from '@millrace/flow'
import { cancelled, next, type BlockEnd } from './block-end.ts'
import { limitError, type RunLimits } from './limits.ts'
import type { Plan, PlannedBlock, PlannedVariable } from './plan.ts'
import type { Recorder } from './recorder.ts'
import { NodeVisit } from './node-visit.ts'
import type { Services } from './services.ts'
import { named, type Place, type StartedVisit, type VisitedRun } from './visited-run.ts'

/** Why a run was cancelled. */
export type CancelReason = 'stop' | 'disconnect' | 'shutdown' | 'timeout'

/** Where a defect showed. */
export interface DefectSite {
  readonly runId: string
  readonly nodeId: string
}

/** Takes an error that is no `FlowError`, so a defect: clients see only `internal`. */
export type DefectListener = (thrown: unknown, site: DefectSite) => void

/** How long a cancelled run may take to give way before it is ended over its head. */
const givingWayMs = 2000

/** The state of one run, and the walk through its plan. Numbers in brackets are rules of SPEC.md. */
export class RunExecution implements VisitedRun {
  readonly plan: Plan
  readonly runId: string
  readonly services: Services
  readonly recorder: Recorder
  readonly values: unknown[]
  readonly #limits: RunLimits
  readonly #onDefect: DefectListener
  readonly #abort = new AbortController()
  readonly #ended = Promise.withResolvers<RunEventOf<'run-end'>>()
  /** The visits that started and were recorded, and have not ended, outermost first. */
  readonly #open = new Set<number>()
  #visits = 0
  #steps = 0
  #yielded = 0
  #usage: Usage | null = null
  #reason: CancelReason | undefined
  #isEnded = false

  constructor(options: {
    readonly plan: Plan
    readonly runId: string
    readonly services: Services
    readonly recorder: Recorder
    readonly limits: RunLimits
    readonly onDefect: DefectListener
  }) {
    this.plan = options.plan
    this.runId = options.runId
    this.services = options.services
    this.recorder = options.recorder
    this.#limits = options.limits
    this.#onDefect = options.onDefect
    this.values = Array.from({ length: options.plan.slots }, () => null)
    for (const { slot, value } of options.plan.variables.values()) this.values[slot] = value
  }

  get #seconds(): number {
    return this.#limits.seconds ?? this.plan.settings.timeoutSeconds
  }

  get signal(): AbortSignal {
    return this.#abort.signal
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
    })
    // At once, so that whoever learns the run's id finds it in the log.
    recorder.flush()
    const timer = setTimeout(() => this.cancel('timeout'), this.#seconds * 1000)
    void this.#walk(accepted).finally(() => clearTimeout(timer))
    return this.#ended.promise
  }

  /** Cancels the run: every wait is aborted and no later node starts. The first reason counts. */
  cancel(reason: CancelReason): void {
    if (this.#isEnded || this.#reason !== undefined) return
    this.#reason = reason
    this.#abort.abort(new FlowError('cancelled', 'The run was cancelled.'))
    const timer = setTimeout(() => this.#end(this.#cancelledEnd()), givingWayMs)
    void this.#ended.promise.then(() => clearTimeout(timer))
  }

  raiseTrace(by: string): void {
    if (this.recorder.level === 'full') return
    this.recorder.level = 'full'
    this.recorder.record({
      type: 'node-log',
      level: 'info',
      message: `Everything is recorded from here on: asked for by ${by}.`,
    })
  }

  runBlock(block: PlannedBlock, place: Place): BlockEnd | Promise<BlockEnd> {
    return this.#runSteps(block, 0, place)
  }

  countStep(): void {
    this.#steps += 1
    if (this.#steps > this.#limits.steps) throw limitError('steps', this.#limits.steps)
  }

  /** Sends a value to the client. Its JSON is made here, once, for every reader and the store. */
  yield(value: unknown, visit: number): void {
    this.countStep()
    const json = JSON.stringify(value) ?? 'null'
    this.#yielded += json.length
    if (this.#yielded > this.#limits.yielded) throw limitError('yielded', this.#limits.yielded)
    // A copy, so that what a node does to its value later does not change the past.
    const copy: unknown = typeof value === 'string' ? value : JSON.parse(json)
    this.recorder.record({ type: 'run-yield', visit, value: copy }, json)
  }

  reportDefect(thrown: unknown, nodeId: string): void {
    if (!(thrown instanceof FlowError)) this.#onDefect(thrown, { runId: this.runId, nodeId })
  }

  addUsage(usage: Usage | null): void {
    this.#usage = addUsage(this.#usage, usage)
  }

  startVisit(nodeId: string, place: Place): StartedVisit {
    this.#visits += 1
    const visit = this.#visits
    const isRecorded = !place.isInLoop || this.recorder.level === 'full'
    if (isRecorded) {
      this.#open.add(visit)
      this.recorder.record({
        type: 'node-start',
        visit,
        nodeId,
        ...(place.parent === undefined ? {} : { parent: place.parent }),
        ...(place.port === undefined ? {} : { port: place.port }),
      })
    }
    return { visit, isRecorded }
  }

  closeVisit(visit: number): boolean {
    return this.#open.delete(visit)
  }

  setOutputs(
    variables: readonly PlannedVariable[],
    outputs: Readonly<Record<string, unknown>>,
  ): void {
    for (const { key, slot } of variables) this.values[slot] = outputs[key] ?? null
  }

  async #walk(accepted: Readonly<Record<string, unknown>>): Promise<void> {
    try {
      this.#startTrigger(accepted)
      const end = await this.runBlock(this.plan.block, rootPlace)
      if (end.kind === 'cancelled' || this.#reason !== undefined) this.#end(this.#cancelledEnd())
      else this.#end({ outcome: 'completed', result: end.kind === 'return' ? end.value : null })
    } catch (error) {
      if (this.#reason !== undefined) this.#end(this.#cancelledEnd())
      else this.#end({ outcome: 'failed', error: toFlowError(error).toShape() })
    }
  }

  #startTrigger(accepted: Readonly<Record<string, unknown>>): void {
    const { trigger } = this.plan
    if (trigger === undefined) return
    const { visit } = this.startVisit(trigger.nodeId, rootPlace)
    this.setOutputs(trigger.outputs, accepted)
    this.closeVisit(visit)
    this.recorder.record({
      type: 'node-end',
      visit,
      ...(this.recorder.level === 'full' ? { outputs: named(trigger.outputs, accepted) } : {}),
    })
  }

  /** Runs steps for as long as they answer at once, and waits only from the first that does not. */
  #runSteps(block: PlannedBlock, first: number, place: Place): BlockEnd | Promise<BlockEnd> {
    for (let index = first; index < block.steps.length; index += 1) {
      const end = this.#runStep(block, index, place)
      if (end instanceof Promise) return this.#runRest(block, index + 1, place, end)
      if (end.kind !== 'next') return end
    }
    return next
  }

  async #runRest(
    block: PlannedBlock,
    first: number,
    place: Place,
    running: Promise<BlockEnd>,
  ): Promise<BlockEnd> {
    let end = await running
    for (let index = first; end.kind === 'next' && index < block.steps.length; index += 1) {
      end = await this.#runStep(block, index, place)
    }
    return end
  }

  #runStep(block: PlannedBlock, index: number, place: Place): BlockEnd | Promise<BlockEnd> {
    const step = block.steps[index]
    if (this.signal.aborted || step === undefined) return cancelled
    return new NodeVisit(this, step, place).run()
  }

  #cancelledEnd(): RunEnd {
    switch (this.#reason) {
      case 'timeout': {
        const seconds = this.#seconds
        const error = new FlowError(
          'timeout',
          `The run took longer than ${seconds} seconds and was ended. Make it faster, or give it more time: in the flow's settings, or by the way it is started.`,
          { retryable: true, details: { limit: 'timeoutSeconds', max: seconds } },
        )
        return { outcome: 'failed', error: error.toShape() }
      }
      case 'shutdown':
        return { outcome: 'interrupted' }
      default:
        return { outcome: 'cancelled' }
    }
  }

  /** Records the terminal event, once; visits that did not give way are closed before it. */
  #end(end: RunEnd): void {
    if (this.#isEnded) return
    this.#isEnded = true
    const error = new FlowError('cancelled', 'The run ended before this node did.').toShape()
    for (const visit of [...this.#open].toReversed()) {
      this.recorder.record({ type: 'node-error', visit, error })
    }
    this.#open.clear()
    if (end.outcome === 'failed') this.recorder.release()
    const event = this.recorder.close({ type: 'run-end', ...end, usage: this.#usage })
    this.#ended.resolve(event as RunEventOf<'run-end'>) // of the type that was just closed with
  }
}

type RunEnd = Pick<RunEventOf<'run-end'>, 'outcome' | 'result' | 'error'>

const rootPlace: Place = { parent: undefined, port: undefined, isInLoop: false }
