import { checkFlow } from '../check.ts'
import { continuePortOf, execPortsOf, type NodeDefinition, type Registry } from '../definition.ts'
import { addNode, removeNodes, setProperty } from '../edit.ts'
import { attach, connect } from '../edit-lines.ts'
import { emptyFlow } from '../empty-flow.ts'
import type { Flow } from '../flow.ts'
import type { JsonValue } from '../json.ts'
import type { Problem } from '../problem.ts'
import { rulesOf } from '../property.ts'
import { formatReference } from '../reference.ts'
import { scopesOf, type ScopeVariable } from '../scope.ts'
import { fieldsOf, isAssignable, required, typeAt, type Type } from '../type.ts'
import { fittingLiteral, oneOf, variablesOfLiterals } from './fitting-literal.ts'
import type { Random } from './malformed-documents.ts'

/**
 * A flow of a registry's own nodes without an error: a trigger, nodes in blocks inside blocks, every
 * property with a literal, a reference, a text or an expression that fits there. Made by the edits
 * that an editor makes, and mended by what the check says.
 */
export function soundFlow(random: Random, registry: Registry): Flow {
  const builder = new FlowBuilder(random, registry)
  return mended(builder.build(), registry)
}

/** Every problem taken at its word: its property cleared, or else its node removed. */
function mended(flow: Flow, registry: Registry): Flow {
  let current = flow
  for (let round = 0; round < 20; round += 1) {
    const errors = checkFlow(current, registry).filter(({ severity }) => severity === 'error')
    if (errors.length === 0) return current
    current = errors.reduce((mending, error) => withoutProblem(mending, registry, error), current)
  }
  return { ...flow, nodes: flow.nodes.slice(0, 1), edges: [], attachments: [] }
}

function withoutProblem(flow: Flow, registry: Registry, { nodeId, property }: Problem): Flow {
  if (nodeId === undefined) return flow
  const node = flow.nodes.find(({ id }) => id === nodeId)
  return property !== undefined && node?.properties?.[property] !== undefined
    ? setProperty(flow, registry, { nodeId, key: property, value: undefined })
    : removeNodes(flow, registry, [nodeId])
}

class FlowBuilder {
  readonly #random: Random
  readonly #registry: Registry
  readonly #actions: readonly NodeDefinition[]
  #flow: Flow = { ...emptyFlow('sound', 'Sound'), variables: variablesOfLiterals }
  /** How many more nodes there may be. */
  #left = 12

  constructor(random: Random, registry: Registry) {
    this.#random = random
    this.#registry = registry
    this.#actions = [...registry.nodes.values()].filter(({ kind }) => kind === 'action')
  }

  build(): Flow {
    const triggers = [...this.#registry.nodes.values()].filter(({ kind }) => kind === 'trigger')
    const trigger = this.#oneOf(triggers)
    const id = trigger && this.#add(trigger)
    const port = trigger && continuePortOf(trigger)
    if (id !== undefined && port !== undefined) this.#addBlock([id, port], { isInLoop: false })
    for (const { id: nodeId } of this.#flow.nodes) this.#bind(nodeId)
    return this.#flow
  }

  #addBlock(from: readonly [string, string], { isInLoop }: { readonly isInLoop: boolean }): void {
    let exit: readonly [string, string] | undefined = from
    for (let steps = 2 + this.#random(5); steps > 0 && exit !== undefined; steps -= 1) {
      const definition = this.#oneOf(this.#actions)
      if (definition === undefined || this.#left <= 0) return
      const needsLoop = definition.jump === 'break' || definition.jump === 'continue'
      if (needsLoop && !isInLoop) continue
      // A jump ends its block; one in three is enough of them.
      if (definition.jump !== undefined && this.#random(3) > 0) continue
      const id = this.#add(definition)
      this.#flow = connect(this.#flow, this.#registry, { from: exit, to: id })
      const node = this.#flow.nodes.find((one) => one.id === id)
      for (const port of node === undefined ? [] : execPortsOf(definition, node)) {
        if (port.block !== undefined && this.#random(3) > 0) {
          this.#addBlock([id, port.id], { isInLoop: isInLoop || port.isLoop })
        }
      }
      const next = continuePortOf(definition)
      exit = next === undefined ? undefined : [id, next]
    }
  }

  /** Adds a node with literals, and with resources where it needs some. */
  #add(definition: NodeDefinition): string {
    this.#left -= 1
    const position = [0, 0] as const
    const added = addNode(this.#flow, this.#registry, { type: definition.type, position })
    const { nodeId } = added
    this.#flow = added.flow
    for (const [key, property] of Object.entries(definition.properties)) {
      const value = fittingLiteral(property, this.#random)
      if (value !== undefined && (property.required === true || this.#random(2) === 0)) {
        this.#flow = setProperty(this.#flow, this.#registry, { nodeId, key, value })
      }
    }
    for (const [port, { accepts, required: isRequired }] of Object.entries(
      definition.attachments ?? {},
    )) {
      // One that hosts others ends somewhere.
      const fitting = [...this.#registry.nodes.values()].filter(
        (one) => one.provides === accepts && (this.#left > 0 || one.attachments === undefined),
      )
      const resource = this.#oneOf(fitting)
      if (resource === undefined || (isRequired !== true && this.#random(2) === 0)) continue
      const host = [nodeId, port] as const
      this.#flow = attach(this.#flow, this.#registry, { host, resource: this.#add(resource) })
    }
    return nodeId
  }

  /** Gives about half of the properties of a node something that is in scope there. */
  #bind(nodeId: string): void {
    const node = this.#flow.nodes.find(({ id }) => id === nodeId)
    const definition = node && this.#registry.nodes.get(node.type)
    for (const [key, property] of Object.entries(definition?.properties ?? {})) {
      const { bindings, type } = rulesOf(property)
      if (!bindings.includes('reference') || this.#random(2) === 0) continue
      const scope = scopesOf(this.#flow, this.#registry).at(nodeId)
      const reference = this.#referenceTo(type(property), scope)
      if (reference === undefined) continue
      const forms: readonly JsonValue[] = [
        { $ref: reference },
        ...(bindings.includes('expression') ? [{ $expr: reference }] : []),
        ...(bindings.includes('text') ? [{ $text: ['a ', { $ref: reference }] }] : []),
      ]
      const value = this.#oneOf(forms)
      this.#flow = setProperty(this.#flow, this.#registry, { nodeId, key, value })
    }
  }

  #referenceTo(wanted: Type, scope: readonly ScopeVariable[]): string | undefined {
    const references = scope.flatMap(({ name, type }) =>
      [[], ...Object.keys(fieldsOf(required(type)) ?? {}).map((field) => [field])]
        .filter((path) => isAssignable(typeAt(type, path) ?? 'any', wanted))
        .map((path) => formatReference({ variable: name, path })),
    )
    return this.#oneOf(references)
  }

  #oneOf<Item>(items: readonly Item[]): Item | undefined {
    return oneOf(items, this.#random)
  }
}
