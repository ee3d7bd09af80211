import {
  blockVariablesOf,
  outputsOf,
  titleOf,
  type DeclaredVariable,
  type TypeOfProperty,
  type Registry,
} from './definition.ts'
import type { Attachment, Flow, FlowNode, FlowVariable } from './flow.ts'
import type { Problem } from './problem.ts'
import { programOf, type Block, type Program, type Step } from './program.ts'
import { typeOfDeclared } from './declared-field.ts'
import { typeOfBinding } from './type-of-binding.ts'
import type { Type } from './type.ts'
import { VariableSpans, type Place, type VisibleVariables } from './visible-variables.ts'

/** Where a variable comes from. */
export type VariableOrigin =
  | { readonly kind: 'flow' }
  | { readonly kind: 'output'; readonly nodeId: string }
  | { readonly kind: 'block'; readonly nodeId: string; readonly port: string }

/** A variable that is visible somewhere. */
export interface ScopeVariable {
  readonly name: string
  readonly type: Type
  readonly origin: VariableOrigin
}

/** Which variables each node may refer to. */
export interface FlowScopes {
  /** What the properties of a node may refer to, outermost first; a resource sees what its host sees. */
  at(nodeId: string): readonly ScopeVariable[]
  /** The same, to look variables up in by their names. */
  visibleAt(nodeId: string): VisibleVariables
  /** The variables that a node declares for what comes after it, with their types. */
  outputsOf(nodeId: string): readonly DeclaredVariable[]
  /** The variables that are visible inside one sub-block of a node only, with their types. */
  blockVariablesOf(nodeId: string, port: string): readonly DeclaredVariable[]
  /** All variables of the flow, also those out of a node's reach. */
  readonly declared: readonly ScopeVariable[]
  /** Names that clash, and names that are not ones. */
  readonly problems: readonly Problem[]
}

/** Works out the lexical scopes of a flow. */
export function scopesOf(flow: Flow, registry: Registry, program?: Program): FlowScopes {
  const builder = new ScopeBuilder(flow, registry)
  return builder.build(program ?? programOf(flow, registry))
}

/** The type of a flow variable, as references see it. */
export function typeOfFlowVariable({ type }: FlowVariable): Type {
  return typeOfDeclared(type)
}

function typesIn(node: FlowNode, visible: VisibleVariables): TypeOfProperty {
  return (key) => typeOfBinding(node.properties?.[key], visible)
}

class ScopeBuilder {
  readonly #flow: Flow
  readonly #registry: Registry
  readonly #nodes: ReadonlyMap<string, FlowNode>
  readonly #spans = new VariableSpans()
  /** Where each node stands. */
  readonly #places = new Map<string, Place>()
  readonly #declared: ScopeVariable[] = []
  readonly #outputs = new Map<string, readonly DeclaredVariable[]>()
  /** By `node port`. */
  readonly #blockVariables = new Map<string, readonly DeclaredVariable[]>()
  readonly #problems: Problem[] = []

  constructor(flow: Flow, registry: Registry) {
    this.#flow = flow
    this.#registry = registry
    this.#nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  }

  build(program: Program): FlowScopes {
    this.#declareFlowVariables()
    const outer = this.#spans.here()
    for (const block of [program.entry, ...program.loose]) {
      if (block !== undefined) this.#walk(block)
    }
    this.#lendToResources(program.parts.attachments)
    const visibleAt = (nodeId: string) => this.#spans.at(this.#places.get(nodeId) ?? outer)
    return {
      at: (nodeId) => visibleAt(nodeId).all(),
      visibleAt,
      outputsOf: (nodeId) => this.#outputs.get(nodeId) ?? [],
      blockVariablesOf: (nodeId, port) => this.#blockVariables.get(`${nodeId} ${port}`) ?? [],
      declared: this.#declared,
      problems: this.#problems,
    }
  }

  #declareFlowVariables(): void {
    for (const [index, variable] of (this.#flow.variables ?? []).entries()) {
      const declared: ScopeVariable = {
        name: variable.name,
        type: typeOfFlowVariable(variable),
        origin: { kind: 'flow' },
      }
      if (this.#spans.declare(declared) === undefined) {
        this.#declared.push(declared)
        continue
      }
      this.#problems.push({
        code: 'name_clash',
        severity: 'error',
        message: `The flow has two variables named "${variable.name}". Rename one.`,
        path: ['variables', index, 'name'],
      })
    }
  }

  #walk(block: Block): void {
    const start = this.#spans.here()
    for (const step of block.steps) {
      const place = this.#spans.here()
      this.#places.set(step.node.id, place)
      this.#walkSubBlocks(step, place)
      if (step.definition === undefined) continue
      const types = typesIn(step.node, this.#spans.at(place))
      const outputs = outputsOf(step.definition, step.node, types)
      this.#outputs.set(step.node.id, outputs)
      this.#declare(outputs, step.node, { kind: 'output', nodeId: step.node.id })
    }
    this.#spans.leave(start)
  }

  #walkSubBlocks({ node, definition, blocks }: Step, place: Place): void {
    for (const [id, block] of blocks) {
      const variables =
        definition === undefined || block.port === undefined
          ? []
          : blockVariablesOf(definition, node, block.port, typesIn(node, this.#spans.at(place)))
      this.#blockVariables.set(`${node.id} ${id}`, variables)
      this.#declare(variables, node, { kind: 'block', nodeId: node.id, port: id })
      this.#walk(block)
      this.#spans.leave(place)
    }
  }

  #declare(variables: readonly DeclaredVariable[], node: FlowNode, origin: VariableOrigin): void {
    for (const { name, type, nameFrom } of variables) {
      const variable = { name, type, origin }
      const clashing = this.#spans.declare(variable)
      if (clashing === undefined) {
        this.#declared.push(variable)
        continue
      }
      this.#problems.push({
        code: 'name_clash',
        severity: 'error',
        message: `"${titleOf(node, this.#registry.nodes.get(node.type))}" declares "${name}", a name that ${this.#owner(clashing)} already uses. Choose another name.`,
        nodeId: node.id,
        property: nameFrom,
      })
    }
  }

  #owner({ origin }: ScopeVariable): string {
    if (origin.kind === 'flow') return 'a flow variable'
    const node = this.#nodes.get(origin.nodeId)
    return node === undefined
      ? 'another node'
      : `"${titleOf(node, this.#registry.nodes.get(node.type))}"`
  }

  /** A resource sees what its host sees, and so do the resources that it hosts. */
  #lendToResources(attachments: readonly Attachment[]): void {
    const byHost = Map.groupBy(attachments, ({ host: [host] }) => host)
    let hosts: readonly string[] = [...byHost.keys()].filter((host) => this.#places.has(host))
    while (hosts.length > 0) {
      hosts = hosts.flatMap((host) => (byHost.get(host) ?? []).flatMap(this.#lend))
    }
  }

  /** The resource, if this is the first host that it is lent the place of. */
  readonly #lend = ({ host: [host], resource }: Attachment): readonly string[] => {
    const place = this.#places.get(host)
    if (place === undefined || this.#places.has(resource)) return []
    this.#places.set(resource, place)
    return [resource]
  }
}
