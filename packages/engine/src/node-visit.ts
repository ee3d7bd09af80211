import {
  FlowError,
  toFlowError,
  type NodeDefinition,
  type Resources,
  type Usage,
} from '@millrace/flow'
import { cancelled, next, type BlockEnd } from './block-end.ts'
import type { CallRecord, NodeContext, RunContext, UntypedResult } from './implement.ts'
import type {
  Plan,
  PlannedAttachment,
  PlannedBlock,
  PlannedProperty,
  PlannedStep,
  PlannedVariable,
} from './plan.ts'
import type { Recorder } from './recorder.ts'
import type { Connection, Services } from './services.ts'

/** Where in the run a node is visited. */
export interface Place {
  /** The visit that owns the block. */
  readonly parent: number | undefined
  readonly port: string | undefined
  /** Whether it is inside a loop's block, at any depth. */
  readonly isInLoop: boolean
}

/** What a visit needs of the run that it is part of. */
export interface VisitedRun {
  readonly plan: Plan
  readonly runId: string
  readonly services: Services
  readonly recorder: Recorder
  readonly signal: AbortSignal
  /** The values of all variables, by slot. */
  readonly values: unknown[]
  /** Counts a node start; throws when the run has used up what it may. */
  countStep(): void
  /** Starts a visit; it is on record unless it is in a loop's block at a lower trace. */
  startVisit(nodeId: string, place: Place): { readonly visit: number; readonly isRecorded: boolean }
  /** Marks a recorded visit as ended; `false` when the run's end closed it before. */
  closeVisit(visit: number): boolean
  yield(value: unknown, visit: number): void
  addUsage(usage: Usage | null): void
  setOutputs(
    variables: readonly PlannedVariable[],
    outputs: Readonly<Record<string, unknown>>,
  ): void
  /** Runs the steps of a block one after another, until one of them jumps. */
  runBlock(block: PlannedBlock, place: Place): Promise<BlockEnd>
}

type AnyContext = NodeContext<NodeDefinition>

/** One run of one node. */
export class NodeVisit implements RunContext {
  readonly #execution: VisitedRun
  readonly #step: PlannedStep
  readonly #place: Place
  #visit = 0
  #isRecorded = false

  constructor(execution: VisitedRun, step: PlannedStep, place: Place) {
    this.#execution = execution
    this.#step = step
    this.#place = place
  }

  /** Runs the node and says where control goes. Rejects with a `FlowError` that names the node. */
  async run(): Promise<BlockEnd> {
    const execution = this.#execution
    const step = this.#step
    execution.countStep()
    const { visit, isRecorded } = execution.startVisit(step.nodeId, this.#place)
    this.#visit = visit
    this.#isRecorded = isRecorded
    if (step.isDisabled) return this.#skip()
    try {
      const context = await this.#createContext()
      const running = step.implementation.run(context)
      const result: UntypedResult = running instanceof Promise ? await running : running
      if (execution.signal.aborted) return this.#giveWay()
      return this.#finish(result)
    } catch (error) {
      if (execution.signal.aborted) return this.#giveWay()
      throw this.#fail(toFlowError(error).at(step.nodeId))
    }
  }

  get id(): string {
    return this.#execution.runId
  }

  get flowId(): string {
    return this.#execution.plan.flow.id
  }

  get isTracedFully(): boolean {
    return this.#execution.recorder.wantsDetails
  }

  yield(value: unknown): void {
    this.#execution.yield(value, this.#visit)
  }

  log(level: 'info' | 'warning' | 'error', message: string, data?: unknown): void {
    this.#execution.recorder.record({
      type: 'node-log',
      visit: this.#visit,
      level,
      message,
      ...(data === undefined ? {} : { data }),
    })
  }

  delta(text: string): void {
    if (text === '') return
    this.#execution.recorder.detail({ type: 'node-delta', visit: this.#visit, delta: text })
  }

  call(record: CallRecord): void {
    const { request, ...call } = record
    this.#execution.addUsage(record.usage ?? null)
    this.#execution.recorder.record({
      type: 'node-call',
      visit: this.#visit,
      ...call,
      ...(request !== undefined && this.#execution.recorder.level === 'full' ? { request } : {}),
    })
  }

  setVariable(name: string, value: unknown): void {
    const variable = this.#execution.plan.variables.get(name)
    if (variable === undefined) {
      throw new FlowError(
        'input_invalid',
        `The flow has no variable "${name}". Declare it in the flow's variables.`,
      )
    }
    this.#execution.values[variable.slot] = value
  }

  async #createContext(): Promise<AnyContext> {
    const { signal, services } = this.#execution
    const step = this.#step
    const properties = await this.#resolve(step.properties)
    this.#recordInput(step.properties, properties)
    const attachments = await this.#provide(step.implementation.definition, step.attachments)
    const context = {
      nodeId: step.nodeId,
      title: step.title,
      properties,
      given: step.given,
      attachments,
      blocks: this.#blocks(),
      signal,
      run: this,
      services,
    }
    // The plan was made from the same definition that `run` is typed by.
    return context as unknown as AnyContext
  }

  async #resolve(planned: readonly PlannedProperty[]): Promise<Readonly<Record<string, unknown>>> {
    const properties: Record<string, unknown> = {}
    for (const { key, kind, resolve } of planned) {
      const value = resolve(this.#execution.values)
      properties[key] =
        kind === 'connection' && typeof value === 'string'
          ? await this.#execution.services.connections.get(value)
          : value
    }
    return properties
  }

  #recordInput(
    planned: readonly PlannedProperty[],
    properties: Readonly<Record<string, unknown>>,
  ): void {
    const { recorder } = this.#execution
    if (!this.#isRecorded || !recorder.wantsDetails || planned.length === 0) return
    const values = planned.flatMap(({ key, kind }) => {
      const value = properties[key]
      if (value === undefined || kind === 'conditions') return []
      // A connection holds secrets: only its id is ever recorded.
      return [[key, kind === 'connection' ? (value as Connection).id : value] as const]
    })
    recorder.detail({
      type: 'node-input',
      visit: this.#visit,
      values: Object.fromEntries(values),
    })
  }

  /** The functions by which the node runs its blocks; also for exits that nothing is connected to. */
  #blocks(): Readonly<Record<string, unknown>> {
    const { definition } = this.#step.implementation
    const blocks: Record<string, unknown> = {}
    for (const [key, out] of Object.entries(definition.exec?.out ?? {})) {
      if ('each' in out) {
        blocks[key] = (id: string, variables: Readonly<Record<string, unknown>>) =>
          this.#runBlock(`${key}.${id}`, variables)
      } else if (out.block !== undefined) {
        blocks[key] = (variables: Readonly<Record<string, unknown>>) =>
          this.#runBlock(key, variables)
      }
    }
    return blocks
  }

  #runBlock(port: string, variables: Readonly<Record<string, unknown>>): Promise<BlockEnd> {
    const execution = this.#execution
    if (execution.signal.aborted) return Promise.resolve(cancelled)
    const block = this.#step.blocks.get(port)
    if (block === undefined) return Promise.resolve(next)
    execution.setOutputs(block.variables, variables)
    return execution.runBlock(block, {
      parent: this.#visit,
      port,
      isInLoop: this.#place.isInLoop || block.isLoop,
    })
  }

  /** Makes the resources of a host, each a visit of its own node under the host's. */
  async #provide(
    host: NodeDefinition,
    attachments: readonly PlannedAttachment[],
  ): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const provided: Record<string, unknown[]> = {}
    for (const port of Object.keys(host.attachments ?? {})) provided[port] = []
    for (const attachment of attachments) {
      const resource = await this.#provideOne(attachment)
      provided[attachment.port]?.push(resource)
    }
    return provided
  }

  async #provideOne(attachment: PlannedAttachment): Promise<Resources[keyof Resources]> {
    const execution = this.#execution
    const { visit, isRecorded } = execution.startVisit(attachment.nodeId, {
      parent: this.#visit,
      port: attachment.port,
      isInLoop: this.#place.isInLoop,
    })
    try {
      const context = {
        nodeId: attachment.nodeId,
        title: attachment.title,
        properties: await this.#resolve(attachment.properties),
        given: attachment.given,
        attachments: await this.#provide(
          attachment.implementation.definition,
          attachment.attachments,
        ),
        blocks: {},
        signal: execution.signal,
        run: this,
        services: execution.services,
      }
      const resource = await attachment.implementation.provide(context as unknown as AnyContext) // as in #createContext
      if (isRecorded && execution.closeVisit(visit)) {
        execution.recorder.record({ type: 'node-end', visit })
      }
      return resource
    } catch (thrown) {
      const error = toFlowError(thrown).at(attachment.nodeId)
      if (isRecorded && execution.closeVisit(visit)) {
        execution.recorder.record({ type: 'node-error', visit, error: error.toShape() })
      }
      throw error
    }
  }

  #skip(): BlockEnd {
    const execution = this.#execution
    for (const { slot, empty } of this.#step.outputs) execution.values[slot] = empty
    if (this.#close()) {
      execution.recorder.record({ type: 'node-end', visit: this.#visit, skipped: true })
    }
    return next
  }

  #finish(result: UntypedResult): BlockEnd {
    const { outputs = {}, end = next } = result ?? {}
    const execution = this.#execution
    execution.setOutputs(this.#step.outputs, outputs)
    if (this.#close()) {
      const isShown = execution.recorder.level === 'full' && this.#step.outputs.length > 0
      execution.recorder.record({
        type: 'node-end',
        visit: this.#visit,
        ...(isShown ? { outputs: named(this.#step.outputs, outputs) } : {}),
      })
    }
    return end
  }

  #giveWay(): BlockEnd {
    this.#fail(new FlowError('cancelled', 'The run was cancelled.', { nodeId: this.#step.nodeId }))
    return cancelled
  }

  #fail(error: FlowError): FlowError {
    if (this.#close()) {
      this.#execution.recorder.record({
        type: 'node-error',
        visit: this.#visit,
        error: error.toShape(),
      })
    }
    return error
  }

  #close(): boolean {
    return this.#isRecorded && this.#execution.closeVisit(this.#visit)
  }
}

/** The values of variables by their names in the flow. */
export function named(
  variables: readonly PlannedVariable[],
  outputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(variables.map(({ key, name }) => [name, outputs[key] ?? null]))
}
