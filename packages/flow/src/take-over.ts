import { changedNodes } from './changed-nodes.ts'
import { outputsOf, titleOf, type Registry } from './definition.ts'
import { FlowError } from './error.ts'
import { findReferences } from './find-references.ts'
import type { Flow } from './flow.ts'
import { lastVisits, type LastVisit } from './last-visits.ts'
import type { Pin } from './pin.ts'
import { pinMisfit } from './pin-misfit.ts'
import { programOf, type Block, type Step } from './program.ts'
import type { RunEvent, RunEventOf } from './run-event.ts'
import { scopesOf, type FlowScopes } from './scope.ts'
import { idsIn, shapeOf, stepsIn } from './steps-in.ts'

/** A run as its log has it, and the flow that it ran. */
export interface RecordedRun {
  readonly flow: Flow
  readonly events: Iterable<RunEvent>
}

/** What a run from a node on takes over from a recorded one. */
export interface TakeOver {
  /** The node from which it runs: the one asked for, or the one whose loop that is in. */
  readonly from: string
  /** What stands in for the nodes before it, by id. */
  readonly pinned: Readonly<Record<string, Pin>>
  /** The nodes before it that run again all the same, in the order of the program. */
  readonly rerun: readonly Rerun[]
}

export interface Rerun {
  readonly nodeId: string
  readonly reason: RerunReason
}

/**
 * Why a node runs again: it did not end well or at all; what it gave was not recorded; it is another
 * one now; it uses what another such node gives; or the node to run from is in a block of it, and it
 * calls the outside.
 */
export type RerunReason =
  | 'failed'
  | 'notEnded'
  | 'notReached'
  | 'notRecorded'
  | 'changed'
  | 'usesRerun'
  | 'ownsBlock'

/**
 * Works out what need not run again to go on from a node of a flow: all that ended before it outside
 * of loops, a node with its blocks as one. Throws `input_invalid` when the start leads to no such node.
 */
export function takeOver(
  run: RecordedRun,
  flow: Flow,
  { registry, from }: { readonly registry: Registry; readonly from: string },
): TakeOver {
  const { entry } = programOf(flow, registry)
  const path = entry === undefined ? undefined : pathTo(entry, from)
  const target = path?.find(({ isLoop }) => isLoop)?.owner ?? from
  if (entry === undefined || path === undefined) throw neverReached(flow, from, registry)
  return new Taker(run, flow, registry).take(entry, target)
}

interface PathStep {
  readonly owner: string
  readonly isLoop: boolean
}

/** The blocks around a node, outermost first; `undefined` when it is in none of them. */
function pathTo(block: Block, nodeId: string): readonly PathStep[] | undefined {
  for (const step of block.steps) {
    if (step.node.id === nodeId) return []
    for (const inner of step.blocks.values()) {
      const rest = pathTo(inner, nodeId)
      if (rest === undefined) continue
      return [{ owner: step.node.id, isLoop: inner.port?.isLoop ?? false }, ...rest]
    }
  }
  return undefined
}

function neverReached(flow: Flow, nodeId: string, registry: Registry): FlowError {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const title = node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
  return new FlowError(
    'input_invalid',
    `No run can go on from "${title}", since the start of the flow does not lead to it. Choose an action that it leads to.`,
    node === undefined ? {} : { nodeId },
  )
}

class Taker {
  readonly #flow: Flow
  readonly #registry: Registry
  readonly #scopes: FlowScopes
  readonly #visits: ReadonlyMap<string, LastVisit>
  readonly #start: RunEventOf<'run-start'> | undefined
  readonly #outputNames: (nodeId: string) => ReadonlyMap<string, string>
  readonly #changed: ReadonlySet<string>
  /** The ids of each step of the flow as it ran, with those in its blocks, as one text. */
  readonly #shapes: ReadonlyMap<string, string>
  readonly #pinned: Record<string, Pin> = {}
  readonly #rerun: Rerun[] = []
  /** The nodes that use what a node gives that runs again. */
  readonly #using = new Set<string>()

  constructor(run: RecordedRun, flow: Flow, registry: Registry) {
    this.#flow = flow
    this.#registry = registry
    this.#scopes = scopesOf(flow, registry)
    const { start, visits } = lastVisits(run.events)
    this.#start = start
    this.#visits = visits
    this.#outputNames = (nodeId) => namesOfOutputs(run.flow, nodeId, registry)
    this.#changed = changedNodes(run.flow, flow, registry)
    this.#shapes = shapesOf(run.flow, registry)
  }

  take(entry: Block, from: string): TakeOver {
    this.#takeBlock(entry, from)
    return { from, pinned: this.#pinned, rerun: this.#rerun }
  }

  /** Takes over the steps of a block that come before a node; answers whether it is in there. */
  #takeBlock(block: Block, from: string): boolean {
    for (const [index, step] of block.steps.entries()) {
      if (step.node.id === from) return true
      if (idsIn(step).has(from)) return this.#takeAround(step, from)
      this.#takeStep(step, block.steps[index + 1])
    }
    return false
  }

  /** The owner of a block runs again, since it runs the block. */
  #takeAround(step: Step, from: string): true {
    const { id } = step.node
    if (this.#visits.get(id)?.hasCalled === true) this.#runAgain(step, 'ownsBlock')
    for (const block of step.blocks.values()) {
      if (this.#takeBlock(block, from)) break
    }
    return true
  }

  #takeStep(step: Step, following: Step | undefined): void {
    const { node, definition } = step
    if (definition?.kind === 'trigger' || node.disabled === true) return
    const reason = this.#whyNot(step, following)
    if (reason !== undefined) return this.#runAgain(step, reason)
    const pin = this.#pinOf(node.id)
    if (pin === undefined) return this.#runAgain(step, 'notRecorded')
    const isFitting = pinMisfit(pin, { outputs: this.#scopes.outputsOf(node.id), flow: this.#flow })
    if (isFitting === undefined) this.#pinned[node.id] = pin
    else this.#runAgain(step, 'changed')
  }

  #whyNot(step: Step, following: Step | undefined): RerunReason | undefined {
    const visit = this.#visits.get(step.node.id)
    if (visit === undefined) return 'notReached'
    if (visit.hasFailed === true) return 'failed'
    if (visit.end === undefined || this.#endsRun(step, following)) return 'notEnded'
    const ids = [...idsIn(step)].flatMap((id) => [id, ...this.#resourcesOf(id)])
    if (
      ids.some((id) => this.#changed.has(id)) ||
      this.#shapes.get(step.node.id) !== shapeOf(step)
    ) {
      return 'changed'
    }
    return ids.some((id) => this.#using.has(id)) ? 'usesRerun' : undefined
  }

  /** Whether the run ended inside of the step, which then ended only for that. */
  #endsRun(step: Step, following: Step | undefined): boolean {
    if (following !== undefined && this.#visits.has(following.node.id)) return false
    const until = this.#start?.until
    const isInside = (id: string) => id === until && id !== step.node.id
    return [...stepsIn(step)].some(
      ({ node, definition }) => definition?.jump === 'return' || isInside(node.id),
    )
  }

  /** What the node gave; `undefined` where that was not recorded in full. */
  #pinOf(nodeId: string): Pin | undefined {
    const end = this.#visits.get(nodeId)?.end
    const names = this.#outputNames(nodeId)
    const wanted = this.#scopes.outputsOf(nodeId).map(({ key }) => key)
    const recorded = end?.outputs ?? {}
    if (wanted.some((key) => !Object.hasOwn(recorded, names.get(key) ?? ''))) return undefined
    // Whoever recorded no outputs did not record either which variables were set.
    const isFull = this.#start?.trace === 'full' || end?.outputs !== undefined
    if (!isFull && (this.#flow.variables ?? []).length > 0) return undefined
    return {
      outputs: Object.fromEntries(wanted.map((key) => [key, recorded[names.get(key) ?? '']])),
      ...(end?.variables === undefined ? {} : { variables: end.variables }),
    }
  }

  #runAgain(step: Step, reason: RerunReason): void {
    const { id } = step.node
    this.#rerun.push({ nodeId: id, reason })
    for (const { name } of this.#scopes.outputsOf(id)) {
      const uses = findReferences(this.#flow, this.#registry, { nodeId: id, name })
      for (const { nodeId } of uses) this.#using.add(nodeId)
    }
  }

  #resourcesOf(hostId: string): readonly string[] {
    return (this.#flow.attachments ?? [])
      .filter(({ host: [host] }) => host === hostId)
      .flatMap(({ resource }) => [resource, ...this.#resourcesOf(resource)])
  }
}

/** The names that the outputs of a node have in a flow, by their keys. */
function namesOfOutputs(
  flow: Flow,
  nodeId: string,
  registry: Registry,
): ReadonlyMap<string, string> {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = node && registry.nodes.get(node.type)
  if (node === undefined || definition === undefined) return new Map()
  return new Map(outputsOf(definition, node).map(({ key, name }) => [key, name]))
}

/** The shape of each step of a flow. */
function shapesOf(flow: Flow, registry: Registry): ReadonlyMap<string, string> {
  const { entry } = programOf(flow, registry)
  const steps = (entry?.steps ?? []).flatMap((step) => [...stepsIn(step)])
  return new Map(steps.map((step) => [step.node.id, shapeOf(step)]))
}
