import { circlesOf } from './circles.ts'
import {
  continuePortOf,
  execPortsOf,
  titleOf,
  type ExecPort,
  type NodeDefinition,
  type Registry,
} from './definition.ts'
import type { Attachment, Flow, FlowNode } from './flow.ts'
import { ownValue } from './json.ts'
import type { Problem } from './problem.ts'
import { inProgramOrder, type OrderedParts } from './program-order.ts'

/** One action in a block, with the sub-blocks it owns. */
export interface Step {
  readonly node: FlowNode
  /** Absent when the node's type is not installed. */
  readonly definition: NodeDefinition | undefined
  /** By exec-out; only those that something is connected to. */
  readonly blocks: ReadonlyMap<string, Block>
}

/** A chain of steps, one after another. */
export interface Block {
  readonly port: ExecPort | undefined
  readonly steps: readonly Step[]
}

/** How many blocks may stand one inside the other. */
const maxNesting = 100

/** A flow read as a structured program. */
export interface Program {
  /** What runs: the chain of the trigger, or of the one action without an edge into it. */
  readonly entry: Block | undefined
  /** Chains that the entry does not reach; they are ignored. */
  readonly loose: readonly Block[]
  /** The parts of the flow in the order in which they are read, whatever theirs is. */
  readonly parts: OrderedParts
  /** The ids of all nodes that can run, resources of reached hosts included. */
  readonly reached: ReadonlySet<string>
  /** Everything that is wrong with the shape. */
  readonly problems: readonly Problem[]
}

/** Reads the nodes and edges of a flow as a tree of blocks. Of edges that compete, the first counts. */
export function programOf(flow: Flow, registry: Registry): Program {
  const reader = new ProgramReader(flow, registry)
  return reader.read()
}

class ProgramReader {
  readonly #flow: Flow
  readonly #registry: Registry
  readonly #parts: OrderedParts
  readonly #nodes: ReadonlyMap<string, FlowNode>
  /** The exits that a node has, by its id, as far as they were asked for. */
  readonly #ports = new Map<string, ReadonlySet<string>>()
  /** From `node port` to the node that follows. */
  readonly #following = new Map<string, string>()
  /** The exits of a node that something follows. */
  readonly #exits = new Map<string, string[]>()
  readonly #hasEdgeIn = new Set<string>()
  readonly #walked = new Set<string>()
  readonly #problems: Problem[] = []

  constructor(flow: Flow, registry: Registry) {
    this.#flow = flow
    this.#registry = registry
    this.#parts = inProgramOrder(flow)
    this.#nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  }

  read(): Program {
    this.#readEdges()
    this.#findCycles()
    const roots = this.#parts.nodes.filter(
      (node) => !this.#hasEdgeIn.has(node.id) && this.#definitionOf(node)?.kind !== 'resource',
    )
    const start = this.#findStart(roots)
    const entry = start === undefined ? undefined : this.#readBlock(start, undefined, 0)
    const reached = new Set(this.#walked)
    this.#readAttachments(reached)
    const loose = roots
      .filter((root) => root !== start)
      .map((root) => this.#readBlock(root, undefined, 0))
    if (start !== undefined) this.#reportUnreached(reached)
    return { entry, loose, parts: this.#parts, reached, problems: this.#problems }
  }

  #definitionOf(node: FlowNode): NodeDefinition | undefined {
    return this.#registry.nodes.get(node.type)
  }

  #title(id: string): string {
    const node = this.#nodes.get(id)
    return node === undefined ? id : titleOf(node, this.#definitionOf(node))
  }

  #readEdges(): void {
    const indexes = new Map(this.#flow.edges.map((edge, index) => [edge, index]))
    for (const edge of this.#parts.edges) {
      const {
        from: [from, port],
        to,
      } = edge
      const path = ['edges', indexes.get(edge) ?? 0]
      const refusal = this.#refusal(from, port, to)
      if (refusal !== undefined) {
        this.#problems.push({
          code: 'edge_refused',
          severity: 'error',
          message: refusal,
          nodeId: from,
          path,
        })
        continue
      }
      const key = `${from} ${port}`
      if (this.#following.has(key) || this.#hasEdgeIn.has(to)) {
        const isOut = this.#following.has(key)
        this.#problems.push({
          code: 'port_taken',
          severity: 'error',
          message: isOut
            ? `"${this.#title(from)}" has two edges at the same exit. Remove one, or put the nodes one after the other.`
            : `"${this.#title(to)}" is reached by two edges. Remove one; what should run after both branches belongs at the "Continue" of the node that branches.`,
          nodeId: isOut ? from : to,
          path,
        })
        continue
      }
      this.#following.set(key, to)
      const exits = this.#exits.get(from)
      if (exits === undefined) this.#exits.set(from, [port])
      else exits.push(port)
      this.#hasEdgeIn.add(to)
    }
  }

  #hasExit(node: FlowNode, definition: NodeDefinition, port: string): boolean {
    const ports =
      this.#ports.get(node.id) ?? new Set(execPortsOf(definition, node).map(({ id }) => id))
    this.#ports.set(node.id, ports)
    return ports.has(port)
  }

  #refusal(from: string, port: string, to: string): string | undefined {
    const source = this.#nodes.get(from)
    const target = this.#nodes.get(to)
    if (source === undefined || target === undefined) return 'An edge leads to a node that is gone.'
    const sourceDefinition = this.#definitionOf(source)
    if (sourceDefinition !== undefined && !this.#hasExit(source, sourceDefinition, port)) {
      const exits = execPortsOf(sourceDefinition, source).map(({ id }) => id)
      const advice = exits.length === 0 ? '' : `, or connect another exit: ${listed(exits)}`
      return `"${this.#title(from)}" has no exit "${port}". Remove the edge${advice}.`
    }
    if (this.#definitionOf(target)?.exec?.in === false) {
      return `"${this.#title(to)}" starts the flow, so nothing can lead to it. Remove the edge.`
    }
    if (this.#definitionOf(target)?.kind === 'resource') {
      return `"${this.#title(to)}" is attached to a node, it does not run by itself. Remove the edge.`
    }
    return undefined
  }

  /** Every cycle of edges is an error, also one that nothing leads to. */
  #findCycles(): void {
    const next = Map.groupBy(this.#parts.edges, ({ from: [from] }) => from)
    const settled = new Set<string>()
    for (const { id } of this.#parts.nodes) {
      const path = new Set<string>()
      // An own stack of (node, edges still to follow): a long chain must not exhaust the call stack.
      const stack = [{ id, rest: [...(next.get(id) ?? [])] }]
      path.add(id)
      while (stack.length > 0) {
        const top = stack.at(-1)
        const edge = top?.rest.pop()
        if (top === undefined) break
        if (edge === undefined) {
          settled.add(top.id)
          path.delete(top.id)
          stack.pop()
        } else if (path.has(edge.to)) {
          this.#problems.push({
            code: 'cycle',
            severity: 'error',
            message: `The edges run in a circle through "${this.#title(edge.to)}". Remove one of them; to repeat something, take a loop node.`,
            nodeId: edge.to,
          })
        } else if (!settled.has(edge.to)) {
          path.add(edge.to)
          stack.push({ id: edge.to, rest: [...(next.get(edge.to) ?? [])] })
        }
      }
    }
  }

  #findStart(roots: readonly FlowNode[]): FlowNode | undefined {
    const triggers = this.#parts.nodes.filter(
      (node) => this.#definitionOf(node)?.kind === 'trigger',
    )
    if (triggers.length > 1) {
      for (const trigger of triggers) {
        this.#problems.push({
          code: 'entry_several',
          severity: 'error',
          message: `The flow has ${triggers.length} triggers; "${this.#title(trigger.id)}" is one of them. Keep one.`,
          nodeId: trigger.id,
        })
      }
      return undefined
    }
    if (triggers.length === 1) return triggers[0]
    if (roots.length === 1) return roots[0]
    if (roots.length === 0) {
      this.#problems.push({
        code: 'entry_missing',
        severity: 'error',
        message:
          this.#flow.nodes.length === 0
            ? 'The flow is empty. Add a trigger to start with.'
            : 'The flow has no start. Add a trigger, or a node that no edge leads to.',
      })
      return undefined
    }
    for (const root of roots) {
      this.#problems.push({
        code: 'entry_several',
        severity: 'error',
        message: `The flow could start at ${roots.length} nodes; "${this.#title(root.id)}" is one of them. Connect them, or add a trigger.`,
        nodeId: root.id,
      })
    }
    return undefined
  }

  #readBlock(first: FlowNode, port: ExecPort | undefined, depth: number): Block {
    const steps: Step[] = []
    let node: FlowNode | undefined = first
    while (node !== undefined && !this.#walked.has(node.id)) {
      this.#walked.add(node.id)
      const definition = this.#definitionOf(node)
      steps.push({ node, definition, blocks: this.#readSubBlocks(node, definition, depth) })
      const following: string | undefined = this.#afterwards(node.id, definition)
      node = following === undefined ? undefined : this.#nodes.get(following)
    }
    return { port, steps }
  }

  #afterwards(id: string, definition: NodeDefinition | undefined): string | undefined {
    if (definition !== undefined)
      return this.#following.get(`${id} ${continuePortOf(definition) ?? ''}`)
    return this.#following.get(`${id} continue`) ?? this.#following.get(`${id} next`)
  }

  #readSubBlocks(
    node: FlowNode,
    definition: NodeDefinition | undefined,
    depth: number,
  ): ReadonlyMap<string, Block> {
    const blocks = new Map<string, Block>()
    const ports: readonly ExecPort[] =
      definition === undefined ? this.#guessedPorts(node) : execPortsOf(definition, node)
    for (const port of ports) {
      const following = port.block && this.#following.get(`${node.id} ${port.id}`)
      const first = following === undefined ? undefined : this.#nodes.get(following)
      if (first === undefined) continue
      if (depth < maxNesting) blocks.set(port.id, this.#readBlock(first, port, depth + 1))
      else this.#reportTooDeep(node)
    }
    return blocks
  }

  #reportTooDeep(node: FlowNode): void {
    this.#problems.push({
      code: 'nesting_too_deep',
      severity: 'error',
      message: `"${this.#title(node.id)}" stands inside ${maxNesting} other blocks, and can hold none itself. Put the nodes one after the other.`,
      nodeId: node.id,
    })
  }

  /** An unknown node's exits, but `continue` and `next`, are taken for sub-blocks. */
  #guessedPorts(node: FlowNode): readonly ExecPort[] {
    const ports = new Set(this.#exits.get(node.id)?.filter((port) => !isContinue(port)))
    return [...ports].map((id) => ({ id, label: id, block: {}, isLoop: true, isFinally: false }))
  }

  #readAttachments(reached: Set<string>): void {
    const indexes = new Map(this.#flow.attachments?.map((one, index) => [one, index]))
    const resources = Map.groupBy(this.#parts.attachments, ({ host: [host] }) => host)
    const attachedTo = (id: string) => (resources.get(id) ?? []).map(({ resource }) => resource)
    const circles = circlesOf(resources.keys(), attachedTo)
    const taken = new Map<string, number>()
    for (const attachment of this.#parts.attachments) {
      const { host, resource } = attachment
      const isInCircle = circles.get(host[0]) === circles.get(resource)
      const refusal =
        this.#attachmentRefusal(host, resource, taken) ??
        (isInCircle
          ? `"${this.#title(resource)}" is attached to what is attached to it. Remove the line.`
          : undefined)
      if (refusal !== undefined) {
        this.#problems.push({
          code: 'attachment_refused',
          severity: 'error',
          message: refusal,
          nodeId: host[0],
          path: ['attachments', indexes.get(attachment) ?? 0],
        })
      }
    }
    // Resources may host resources, and a set gives what is added while it is gone through.
    for (const id of reached) {
      for (const resource of attachedTo(id)) reached.add(resource)
    }
  }

  #attachmentRefusal(
    [hostId, portId]: readonly [string, string],
    resourceId: string,
    taken: Map<string, number>,
  ): string | undefined {
    const host = this.#nodes.get(hostId)
    const resource = this.#nodes.get(resourceId)
    if (host === undefined || resource === undefined)
      return 'An attachment leads to a node that is gone.'
    if (hostId === resourceId)
      return `"${this.#title(hostId)}" is attached to itself. Remove the line.`
    const hostDefinition = this.#definitionOf(host)
    const resourceDefinition = this.#definitionOf(resource)
    if (hostDefinition === undefined || resourceDefinition === undefined) return undefined
    const port = ownValue(hostDefinition.attachments, portId)
    if (port === undefined) {
      return `"${this.#title(hostId)}" has no place "${portId}" for a resource. Remove the line.`
    }
    if (resourceDefinition.provides !== port.accepts) {
      return `"${this.#title(resourceId)}" does not fit "${port.label}" of "${this.#title(hostId)}". Attach another node.`
    }
    const key = `${hostId} ${portId}`
    const count = (taken.get(key) ?? 0) + 1
    taken.set(key, count)
    const max = port.max ?? 1
    if (count > max) {
      return `"${port.label}" of "${this.#title(hostId)}" takes ${max === 1 ? 'one node' : `${max} nodes`}. Remove the others.`
    }
    return undefined
  }

  #reportUnreached(reached: ReadonlySet<string>): void {
    for (const node of this.#parts.nodes) {
      if (reached.has(node.id)) continue
      this.#problems.push({
        code: 'node_unreachable',
        severity: 'warning',
        message:
          this.#definitionOf(node)?.kind === 'resource'
            ? `"${this.#title(node.id)}" is attached to no node that runs. Attach it, or delete it.`
            : `"${this.#title(node.id)}" is not connected to the start, so it never runs. Connect it, or delete it.`,
        nodeId: node.id,
      })
    }
  }
}

function isContinue(port: string): boolean {
  return port === 'continue' || port === 'next'
}

/** Whether a node is attached, over any number of hosts, to the one given. */
export function isHostOf(
  attachments: ReadonlyMap<string, readonly Attachment[]>,
  host: string,
  resource: string,
): boolean {
  const seen = new Set([resource])
  for (const id of seen) {
    for (const attachment of attachments.get(id) ?? []) seen.add(attachment.host[0])
  }
  return host !== resource && seen.has(host)
}

/** Of so many names, the rest is left out. */
const maxListed = 8

function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxListed).join(', ')
  return names.length > maxListed ? `${shown}, …` : shown
}
