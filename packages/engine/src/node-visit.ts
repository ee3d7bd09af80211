import {
  describeType,
  FlowError,
  isOfType,
  toFlowError,
  type NodeDefinition,
  type Pin,
} from '@millrace/flow'
import type { AssignmentMark } from './assignments.ts'
import { cancelled, next, type BlockEnd } from './block-end.ts'
import type { NodeContext, UntypedResult } from './implement.ts'
import { nextTurn } from './pace.ts'
import { openConnections, resolveProperties, type Properties } from './open-properties.ts'
import type { PlannedStep, PlannedVariable } from './plan.ts'
import { provideResources, type Provided } from './provide-resources.ts'
import { Visit } from './visit.ts'
import { named, type Place, type VisitedRun } from './visited-run.ts'

type AnyContext = NodeContext<NodeDefinition>

/** The attachments and blocks of a node that has none. */
const nothing: Readonly<Record<string, never>> = Object.freeze({})

/** One run of one action. */
export class NodeVisit extends Visit {
  readonly #step: PlannedStep
  /** How often each of its loop's blocks ran. */
  readonly #iterations = new Map<string, number>()
  /** From where on the flow variables are its own doing. */
  readonly #assigned: AssignmentMark

  constructor(execution: VisitedRun, step: PlannedStep, place: Place) {
    super(execution, step.nodeId, place)
    this.#step = step
    this.#assigned = execution.assignments.mark
  }

  /**
   * Runs the node and says where control goes; fails with a `FlowError` that names the node. Where
   * nothing has to be waited for it answers at once: a yield for each message costs no promise.
   */
  run(): BlockEnd | Promise<BlockEnd> {
    const step = this.#step
    this.start()
    if (step.isDisabled) return this.#skip()
    const pin = this.#pin()
    if (pin !== undefined) return this.#finish({ outputs: pin.outputs }, { pinned: true })
    if (!step.isImmediate) return this.#wait(this.#prepareAndRun())
    try {
      const running = step.implementation.run(this.#context(this.#resolveInput(), nothing))
      return running instanceof Promise ? this.#wait(running) : this.#settle(running)
    } catch (error) {
      return this.#break(error)
    }
  }

  /** Opens connections and makes resources, then runs. */
  async #prepareAndRun(): Promise<UntypedResult> {
    const { implementation, properties, attachments } = this.#step
    const { services } = this.execution
    const opened = await openConnections(properties, this.#resolveInput(), services)
    const host = { definition: implementation.definition, visit: this }
    const provided = await provideResources(host, attachments)
    return implementation.run(this.#context(opened, provided))
  }

  async #wait(running: Promise<UntypedResult>): Promise<BlockEnd> {
    try {
      return this.#settle(await this.waitFor(running))
    } catch (error) {
      return this.#break(error)
    }
  }

  #settle(result: UntypedResult): BlockEnd {
    if (this.place.scope.isCancelled) return this.#cancelled()
    // One that has blocks hands on what a node in them returned.
    return this.#finish(this.#step.blockPorts.length > 0 ? result : withJson(result))
  }

  /** Throws the error of the node, unless it is only what a cancellation set off. */
  #break(error: unknown): BlockEnd {
    if (this.place.scope.isCancelled) return this.#cancelled()
    this.execution.reportDefect(error, this.#step.nodeId)
    throw this.fail(toFlowError(error).at(this.#step.nodeId))
  }

  #context(properties: Properties, attachments: Provided): AnyContext {
    const step = this.#step
    const context = {
      nodeId: step.nodeId,
      title: step.title,
      properties,
      given: step.given,
      attachments,
      blocks: step.blockPorts.length === 0 ? nothing : this.#blocks(),
      connected: step.connected,
      signal: this.place.scope.signal,
      run: this,
      services: this.execution.services,
    }
    // The plan was made from the same definition that `run` is typed by.
    return context as unknown as AnyContext
  }

  #resolveInput(): Properties {
    const properties = resolveProperties(this.#step.properties, this.execution.values)
    this.recordInput(this.#step.properties, properties)
    return properties
  }

  /** The functions by which the node runs its blocks; also for exits that nothing is connected to. */
  #blocks(): Readonly<Record<string, unknown>> {
    const blocks: Record<string, unknown> = {}
    for (const { key, isEach } of this.#step.blockPorts) {
      blocks[key] = isEach
        ? (id: string, variables: Readonly<Record<string, unknown>>) =>
            this.#runBlock(`${key}.${id}`, variables)
        : (variables: Readonly<Record<string, unknown>>) => this.#runBlock(key, variables)
    }
    return blocks
  }

  #runBlock(
    port: string,
    variables: Readonly<Record<string, unknown>>,
  ): BlockEnd | Promise<BlockEnd> {
    const { execution, place } = this
    const block = this.#step.blocks.get(port)
    // [E9] What runs in a *finally* is not cancelled with what is around it.
    const scope = block?.isFinally === true ? execution.finallyScope : place.scope
    if (scope.isCancelled) return this.#refuse()
    if (block === undefined) return execution.pace.start()?.then(() => next) ?? next
    execution.setOutputs(block.variables, variables)
    const end = execution.runBlock(block, {
      parent: this.number,
      port,
      isInLoop: place.isInLoop || block.isLoop,
      scope,
      entry: {
        iteration: block.isLoop ? this.#countIteration(port) : undefined,
        firstNodeId: block.steps[0]?.nodeId,
        variables: block.variables,
        values: variables,
      },
    })
    return end instanceof Promise ? this.waitWithin(end) : end
  }

  #countIteration(port: string): number {
    const iteration = (this.#iterations.get(port) ?? 0) + 1
    this.#iterations.set(port, iteration)
    return iteration
  }

  /** Answers a node that starts a block too late; not at once, as one that is deaf would go on for ever. */
  async #refuse(): Promise<BlockEnd> {
    await nextTurn()
    return this.isOver ? new Promise(() => undefined) : cancelled
  }

  #skip(): BlockEnd {
    const execution = this.execution
    for (const { slot, empty } of this.#step.outputs) execution.values[slot] = empty
    if (this.close()) {
      execution.recorder.record({ type: 'node-end', visit: this.number, skipped: true })
    }
    return next
  }

  /** [E24] What stands in for a run of the node, if anything; its flow variables are set. */
  #pin(): Pin | undefined {
    const { nodeId, title, outputs } = this.#step
    const { pinned, assignments } = this.execution
    try {
      const pin = pinned.get(nodeId)?.()
      if (pin === undefined) return undefined
      expectTypes(pin.outputs, outputs, title)
      for (const [name, value] of Object.entries(pin.variables ?? {})) {
        assignments.assign(name, value)
      }
      return pin
    } catch (error) {
      throw this.fail(toFlowError(error).at(nodeId))
    }
  }

  #finish(result: UntypedResult, mark: { readonly pinned?: true } = {}): BlockEnd {
    const { outputs = {}, end = next } = result ?? {}
    const execution = this.execution
    execution.setOutputs(this.#step.outputs, outputs)
    if (this.close()) {
      const isFull = execution.recorder.level === 'full'
      const isShown = isFull && this.#step.outputs.length > 0
      const variables =
        isFull && !this.place.isInLoop ? execution.assignments.since(this.#assigned) : undefined
      execution.recorder.record({
        type: 'node-end',
        visit: this.number,
        ...(isShown ? { outputs: named(this.#step.outputs, outputs) } : {}),
        ...(variables === undefined ? {} : { variables }),
        ...mark,
      })
    }
    return end
  }

  #cancelled(): BlockEnd {
    this.giveWay()
    return cancelled
  }
}

/** Like what a node yields, what it returns is made JSON: a copy, whatever the node does to it later. */
function withJson(result: UntypedResult): UntypedResult {
  if (result?.end?.kind !== 'return') return result
  const { value } = result.end
  if (typeof value === 'string') return result
  const copy: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
  return { ...result, end: { kind: 'return', value: copy } }
}

function expectTypes(
  pinned: Readonly<Record<string, unknown>>,
  outputs: readonly PlannedVariable[],
  title: string,
): void {
  const misfit = outputs.find(({ key, type }) => !isOfType(pinned[key] ?? null, type))
  if (misfit === undefined) return
  throw new FlowError(
    'input_invalid',
    `The pinned output "${misfit.key}" of "${title}" is no ${describeType(misfit.type)}. Give it a value of this type.`,
  )
}
