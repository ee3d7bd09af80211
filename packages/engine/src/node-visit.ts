import { toFlowError, type NodeDefinition } from '@millrace/flow'
import { cancelled, next, type BlockEnd } from './block-end.ts'
import type { NodeContext, UntypedResult } from './implement.ts'
import { openConnections, resolveProperties, type Properties } from './open-properties.ts'
import type { PlannedStep } from './plan.ts'
import { provideResources, type Provided } from './provide-resources.ts'
import { Visit } from './visit.ts'
import { named, type Place, type VisitedRun } from './visited-run.ts'

type AnyContext = NodeContext<NodeDefinition>

/** The attachments and blocks of a node that has none. */
const nothing: Readonly<Record<string, never>> = Object.freeze({})

/** One run of one action. */
export class NodeVisit extends Visit {
  readonly #step: PlannedStep
  readonly #place: Place

  constructor(execution: VisitedRun, step: PlannedStep, place: Place) {
    super(execution, step.nodeId)
    this.#step = step
    this.#place = place
  }

  /**
   * Runs the node and says where control goes; fails with a `FlowError` that names the node. Where
   * nothing has to be waited for it answers at once: a yield for each message costs no promise.
   */
  run(): BlockEnd | Promise<BlockEnd> {
    const execution = this.execution
    const step = this.#step
    execution.countStep()
    this.start(this.#place)
    if (step.isDisabled) return this.#skip()
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
    const host = {
      definition: implementation.definition,
      visit: this.number,
      isInLoop: this.#place.isInLoop,
    }
    const provided = await provideResources(this.execution, host, attachments)
    return implementation.run(this.#context(opened, provided))
  }

  async #wait(running: Promise<UntypedResult>): Promise<BlockEnd> {
    try {
      return this.#settle(await running)
    } catch (error) {
      return this.#break(error)
    }
  }

  #settle(result: UntypedResult): BlockEnd {
    return this.execution.signal.aborted ? this.#cancelled() : this.#finish(result)
  }

  /** Throws the error of the node, unless it is only what a cancellation set off. */
  #break(error: unknown): BlockEnd {
    if (this.execution.signal.aborted) return this.#cancelled()
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
      signal: this.execution.signal,
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

  async #runBlock(port: string, variables: Readonly<Record<string, unknown>>): Promise<BlockEnd> {
    const execution = this.execution
    if (execution.signal.aborted) return cancelled
    const block = this.#step.blocks.get(port)
    if (block === undefined) return next
    execution.setOutputs(block.variables, variables)
    return execution.runBlock(block, {
      parent: this.number,
      port,
      isInLoop: this.#place.isInLoop || block.isLoop,
    })
  }

  #skip(): BlockEnd {
    const execution = this.execution
    for (const { slot, empty } of this.#step.outputs) execution.values[slot] = empty
    if (this.close()) {
      execution.recorder.record({ type: 'node-end', visit: this.number, skipped: true })
    }
    return next
  }

  #finish(result: UntypedResult): BlockEnd {
    const { outputs = {}, end = next } = result ?? {}
    const execution = this.execution
    execution.setOutputs(this.#step.outputs, outputs)
    if (this.close()) {
      const isShown = execution.recorder.level === 'full' && this.#step.outputs.length > 0
      execution.recorder.record({
        type: 'node-end',
        visit: this.number,
        ...(isShown ? { outputs: named(this.#step.outputs, outputs) } : {}),
      })
    }
    return end
  }

  #cancelled(): BlockEnd {
    this.giveWay()
    return cancelled
  }
}
