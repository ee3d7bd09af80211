import {
  blockVariablesOf,
  outputsOf,
  titleOf,
  type DeclaredVariable,
  type TypeOfProperty,
  type Registry,
} from './definition.ts'
import type { Flow, FlowNode, FlowVariable } from './flow.ts'
import type { Problem } from './problem.ts'
import { programOf, type Block, type Program, type Step } from './program.ts'
import { typeOfDeclared } from './declared-field.ts'
import { typeOfBinding } from './type-of-binding.ts'
import type { Type } from './type.ts'

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

function typesIn(node: FlowNode, scope: readonly ScopeVariable[]): TypeOfProperty {
  return (key) => typeOfBinding(node.properties?.[key], scope)
}

class ScopeBuilder {
  readonly #flow: Flow
  readonly #registry: Registry
  readonly #scopes = new Map<string, readonly ScopeVariable[]>()
  readonly #declared: ScopeVariable[] = []
  readonly #outputs = new Map<string, readonly DeclaredVariable[]>()
  /** By `node port`. */
  readonly #blockVariables = new Map<string, readonly DeclaredVariable[]>()
  readonly #problems: Problem[] = []

  constructor(flow: Flow, registry: Registry) {
    this.#flow = flow
    this.#registry = registry
  }

  build(program: Program): FlowScopes {
    const outer = this.#flowScope()
    for (const block of [program.entry, ...program.loose]) {
      if (block !== undefined) this.#walk(block, outer)
    }
    this.#lendToResources()
    return {
      at: (nodeId) => this.#scopes.get(nodeId) ?? outer,
      outputsOf: (nodeId) => this.#outputs.get(nodeId) ?? [],
      blockVariablesOf: (nodeId, port) => this.#blockVariables.get(`${nodeId} ${port}`) ?? [],
      declared: this.#declared,
      problems: this.#problems,
    }
  }

  #flowScope(): readonly ScopeVariable[] {
    const scope: ScopeVariable[] = []
    const names = new Set<string>()
    for (const [index, variable] of (this.#flow.variables ?? []).entries()) {
      if (names.has(variable.name)) {
        this.#problems.push({
          code: 'name_clash',
          severity: 'error',
          message: `The flow has two variables named "${variable.name}". Rename one.`,
          path: ['variables', index, 'name'],
        })
        continue
      }
      names.add(variable.name)
      scope.push({
        name: variable.name,
        type: typeOfFlowVariable(variable),
        origin: { kind: 'flow' },
      })
    }
    this.#declared.push(...scope)
    return scope
  }

  #walk(block: Block, outer: readonly ScopeVariable[]): void {
    let visible = outer
    for (const step of block.steps) {
      this.#scopes.set(step.node.id, visible)
      this.#walkSubBlocks(step, visible)
      if (step.definition === undefined) continue
      const outputs = outputsOf(step.definition, step.node, typesIn(step.node, visible))
      this.#outputs.set(step.node.id, outputs)
      visible = this.#declare(visible, outputs, step.node, {
        kind: 'output',
        nodeId: step.node.id,
      })
    }
  }

  #walkSubBlocks({ node, definition, blocks }: Step, visible: readonly ScopeVariable[]): void {
    for (const [id, block] of blocks) {
      const variables =
        definition === undefined || block.port === undefined
          ? []
          : blockVariablesOf(definition, node, block.port, typesIn(node, visible))
      this.#blockVariables.set(`${node.id} ${id}`, variables)
      this.#walk(
        block,
        this.#declare(visible, variables, node, { kind: 'block', nodeId: node.id, port: id }),
      )
    }
  }

  #declare(
    visible: readonly ScopeVariable[],
    variables: readonly DeclaredVariable[],
    node: FlowNode,
    origin: VariableOrigin,
  ): readonly ScopeVariable[] {
    if (variables.length === 0) return visible
    const scope = [...visible]
    for (const { name, type, nameFrom } of variables) {
      const clashing = scope.find((known) => known.name === name)
      if (clashing !== undefined) {
        this.#problems.push({
          code: 'name_clash',
          severity: 'error',
          message: `"${titleOf(node, this.#registry.nodes.get(node.type))}" declares "${name}", a name that ${this.#owner(clashing)} already uses. Choose another name.`,
          nodeId: node.id,
          property: nameFrom,
        })
        continue
      }
      const variable = { name, type, origin }
      scope.push(variable)
      this.#declared.push(variable)
    }
    return scope
  }

  #owner({ origin }: ScopeVariable): string {
    if (origin.kind === 'flow') return 'a flow variable'
    const node = this.#flow.nodes.find(({ id }) => id === origin.nodeId)
    return node === undefined
      ? 'another node'
      : `"${titleOf(node, this.#registry.nodes.get(node.type))}"`
  }

  #lendToResources(): void {
    const attachments = this.#flow.attachments ?? []
    // A resource may host resources: as many rounds as there are attachments reach the deepest.
    for (let round = 0; round < attachments.length; round += 1) {
      let isSettled = true
      for (const { host, resource } of attachments) {
        const scope = this.#scopes.get(host[0])
        if (scope === undefined || this.#scopes.has(resource)) continue
        this.#scopes.set(resource, scope)
        isSettled = false
      }
      if (isSettled) return
    }
  }
}
