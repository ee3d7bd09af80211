import {
  isSecretHeader,
  textOfTemplate,
  type FlowError,
  type NamedValue,
  type PropertyKind,
  type Template,
} from '@millrace/flow'
import { cancelledError, type Waiting } from './cancel-scope.ts'
import type { CallRecord, RunContext } from './implement.ts'
import type { Properties } from './open-properties.ts'
import { nextTurn } from './pace.ts'
import type { PlannedProperty } from './plan.ts'
import type { Place, VisitedRun } from './visited-run.ts'

/**
 * One visit of a node: from its start to its end or error, with what it tells its run in between.
 * Where the trace leaves it out, it runs all the same and is not recorded.
 */
export class Visit implements RunContext, Waiting {
  readonly execution: VisitedRun
  readonly nodeId: string
  readonly place: Place
  /** Unique in the run; 0 before it started. */
  number = 0
  #isRecorded = false
  /** How many blocks and resources of the node run now. */
  #inner = 0
  /** Ends the wait for the node, while there is one. */
  #leave: ((error: FlowError) => void) | undefined
  #isOver = false

  constructor(execution: VisitedRun, nodeId: string, place: Place) {
    this.execution = execution
    this.nodeId = nodeId
    this.place = place
  }

  /** Throws, before anything is recorded, when the run has used up its starts. */
  start(): void {
    this.execution.countStep(this)
    const { visit, isRecorded } = this.execution.visits.start(this.nodeId, this.place)
    this.number = visit
    this.#isRecorded = isRecorded
  }

  /** Records the values that the node starts with; before connections are opened, which hold secrets. */
  recordInput(planned: readonly PlannedProperty[], properties: Properties): void {
    const { recorder } = this.execution
    if (!this.#isRecorded || !recorder.wantsDetails || planned.length === 0) return
    const values = planned.flatMap((property) => {
      const value = properties[property.key]
      if (value === undefined || isAsked(property.kind)) return []
      return [[property.key, shown(property, value)] as const]
    })
    recorder.detail({
      type: 'node-input',
      visit: this.number,
      values: Object.fromEntries(values),
    })
  }

  /** Whether the visit ended, also over the head of its node: what that does now counts for nothing. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Waits for what the node does; rejects when the node is abandoned before. */
  waitFor<T>(running: Promise<T>): Promise<T> {
    const { scope } = this.place
    return new Promise((resolve, reject) => {
      this.#leave = reject
      scope.add(this)
      const settled = () => {
        this.#leave = undefined
        scope.delete(this)
      }
      running.then(
        (value) => {
          settled()
          resolve(value)
        },
        (error: unknown) => {
          settled()
          reject(error as Error) // whatever it is
        },
      )
    })
  }

  /** Waits for a block or a resource of the node, or for another run: the node is not to blame for it. */
  async waitWithin<T>(running: Promise<T>): Promise<T> {
    this.#inner += 1
    try {
      return await running
    } finally {
      this.#inner -= 1
      // Its node has the rest of this turn to go on, to a *finally* for example.
      if (this.place.scope.isOver) void nextTurn().then(() => this.abandon())
    }
  }

  abandon(): void {
    if (this.#inner > 0 || this.#leave === undefined) return
    this.#isOver = true
    this.place.scope.delete(this)
    this.#leave(cancelledError())
  }

  /** Whether the visit is still open and on record; after this call it is open no more. */
  close(): boolean {
    this.#isOver = true
    return this.#isRecorded && this.execution.visits.close(this.number)
  }

  /** Ends the visit with an error, and answers that error. */
  fail(error: FlowError): FlowError {
    if (this.close()) {
      this.execution.recorder.record({
        type: 'node-error',
        visit: this.number,
        error: error.toShape(),
      })
    }
    return error
  }

  /** Ends the visit because the run is being cancelled. */
  giveWay(): FlowError {
    return this.fail(cancelledError().at(this.nodeId))
  }

  get id(): string {
    return this.execution.runId
  }

  get flowId(): string {
    return this.execution.plan.flow.id
  }

  get isTracedFully(): boolean {
    return this.execution.recorder.wantsDetails
  }

  yield(value: unknown): void {
    if (this.#isOver) return
    this.execution.yield(value, this)
  }

  log(level: 'info' | 'warning' | 'error', message: string, data?: unknown): void {
    if (this.#isOver) return
    this.execution.recorder.record({
      type: 'node-log',
      visit: this.number,
      level,
      message,
      ...(data === undefined ? {} : { data }),
    })
  }

  delta(text: string): void {
    if (text === '' || this.#isOver || !this.#isRecorded) return
    this.execution.recorder.detail({ type: 'node-delta', visit: this.number, delta: text })
  }

  call(record: CallRecord): void {
    if (this.#isOver) return
    const { request, refusal, ...call } = record
    const isFull = this.execution.recorder.level === 'full'
    this.execution.addUsage(record.usage ?? null)
    this.execution.recorder.record({
      type: 'node-call',
      visit: this.number,
      ...call,
      ...(request !== undefined && isFull ? { request } : {}),
      ...(refusal !== undefined && isFull ? { refusal } : {}),
    })
  }

  setVariable(name: string, value: unknown): void {
    if (this.#isOver) return
    this.execution.assignments.assign(name, value)
  }
}

/** Whether properties of the kind resolve to functions, which have no value before they are asked. */
function isAsked(kind: PropertyKind): boolean {
  return kind === 'conditions' || kind === 'cases'
}

/** The value of a property, as a trace shows it. */
function shown({ kind, hidesSecrets }: PlannedProperty, value: unknown): unknown {
  // What a property resolved to is what its kind promises.
  if (kind === 'template') return textOfTemplate(value as Template)
  return hidesSecrets ? withoutSecrets(value as readonly NamedValue<unknown>[]) : value
}

function withoutSecrets(values: readonly NamedValue<unknown>[]): readonly NamedValue<unknown>[] {
  return values.map((one) => (isSecretHeader(one.name) ? { ...one, value: '[secret]' } : one))
}
