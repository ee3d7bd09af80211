import type { ConnectionDefinition } from './connection-definition.ts'
import {
  isDeclaredType,
  readDeclaredFields,
  typeOfDeclared,
  typeOfFields,
} from './declared-field.ts'
import type { FlowNode } from './flow.ts'
import { isRecord, type JsonValue } from './json.ts'
import { rulesOf, type BindingCell, type PropertyDefinition } from './property.ts'
import type { ResourceKind } from './resource.ts'
import { itemOf, type Type } from './type.ts'

/** The type of an output: fixed, or by one of a few rules worked out from a property of the node. */
export type OutputType =
  | Type
  /** The type that the property's literal names. */
  | {
      readonly fromProperty: string
      /** Whether the value may be null whatever the property says. */
      readonly isOptional?: boolean
    }
  /** The type of the items of the list that the property is bound to. */
  | { readonly itemOf: string }
  /** A record with the fields that a `fields` property declares. */
  | { readonly fieldsOf: string }

/** A variable that a node declares, under the name that one of its properties gives. */
export interface OutputDefinition {
  /** The key of a `variableName` property. When it is cleared, the variable is not declared. */
  readonly nameFrom: string
  readonly type: OutputType
}

/** An exec-out with a fixed name. */
export interface ExecOut {
  readonly label: string
  /**
   * Given for a sub-block, which the node itself runs: the variables that are visible inside it
   * only, by the key under which `run` passes them. An exec-out without it goes on after the node.
   */
  readonly block?: Readonly<Record<string, OutputDefinition>>
  /** Whether *Break* and *Continue* inside the sub-block mean this node. */
  readonly loop?: boolean
  /** Whether the sub-block runs at the node's end whatever happened, also when the run is cancelled. */
  readonly finally?: boolean
}

/** One sub-block for each item of a list property; the port is named `<key>.<id of the item>`. */
export interface ExecOutEach {
  /** The key of the list property. */
  readonly each: string
  /** The item's field that is its stable id. */
  readonly id: string
  /** The item's field that is shown. */
  readonly label: string
  readonly block: Readonly<Record<string, OutputDefinition>>
}

/** A place at the bottom of a host node for resource nodes. */
export interface AttachmentPort {
  readonly label: string
  readonly accepts: ResourceKind
  /** How many resources fit; 1 when not given. */
  readonly max?: number
  readonly required?: boolean
}

/** What a node's colour and place in the palette say. */
export type NodeCategory = 'trigger' | 'model' | 'data' | 'control' | 'output' | 'attachment'

/**
 * The kind of a node. Plain data, so it travels as JSON: from it come the card on the canvas, the
 * form, the checks, the types of its `run`, and its page in the docs.
 */
export interface NodeDefinition {
  /** `<system>.<camelCase name>`. */
  readonly type: string
  /** Raised when the meaning of its properties changes; migrations bring older nodes up. */
  readonly version: number
  readonly kind: 'trigger' | 'action' | 'resource'
  readonly title: string
  /** The product or part it belongs to, as shown below its title: OpenAI, Flow. */
  readonly system: string
  readonly category: NodeCategory
  /** The name of its picture. */
  readonly icon: string
  /** One or two sentences: what it does and when to take it. */
  readonly description: string
  /** Further words by which the palette finds it, the most telling first; in lower case. */
  readonly tags?: readonly string[]
  /** Absent for resources. The order of `out` is the order on the card. */
  readonly exec?: {
    readonly in: boolean
    readonly out: Readonly<Record<string, ExecOut | ExecOutEach>>
    /** Whether each time just one of its sub-blocks decides how it goes on, *finally* aside. */
    readonly runsOne?: boolean
  }
  readonly attachments?: Readonly<Record<string, AttachmentPort>>
  /** For resources: what it gives its host. */
  readonly provides?: ResourceKind
  /** The order is the order in the panel. Title, Description and Disabled are not among them. */
  readonly properties: Readonly<Record<string, PropertyDefinition>>
  readonly outputs?: Readonly<Record<string, OutputDefinition>>
  /** Whether text streams inside the node, so that its card keeps room for it. */
  readonly streams?: boolean
  /**
   * Whether it sends values to the client, so that a flow with it is streamed, not awaited. Of a node
   * that runs another flow: the key of the property that names that flow, whose values it hands on
   * unless something is connected to the exec-out `unless`.
   */
  readonly yields?: boolean | { readonly ofFlow: string; readonly unless: string }
  /** What a jump does; its path ends here, so it has no exec-out. */
  readonly jump?: 'return' | 'break' | 'continue' | 'throw'
  /** Of the jump `return`: the key of the property that is the run's result; not told when not given. */
  readonly returns?: string
  /** The package that it comes from, unless it is Millrace's: set by whoever loads the package. */
  readonly package?: string
}

/** Declares the kind of a node; keeps the literal types from which `run` is typed. */
export function defineNode<const D extends NodeDefinition>(definition: D): D {
  return definition
}

/** Brings the properties of a node from `from` to the next version. Pure, and imports no live code. */
export interface NodeMigration {
  readonly type: string
  readonly from: number
  readonly migrate: (node: FlowNode) => FlowNode
}

/** All that a document's names of node types and connection kinds are looked up in. */
export interface Registry {
  readonly nodes: ReadonlyMap<string, NodeDefinition>
  readonly connections: ReadonlyMap<string, ConnectionDefinition>
  readonly migrations: readonly NodeMigration[]
}

/** Gathers definitions into a registry; two of one name are a defect and refused. */
export function createRegistry(parts: {
  readonly nodes: readonly NodeDefinition[]
  readonly connections: readonly ConnectionDefinition[]
  readonly migrations?: readonly NodeMigration[]
}): Registry {
  return {
    nodes: byName(parts.nodes, (definition) => definition.type),
    connections: byName(parts.connections, (definition) => definition.kind),
    migrations: parts.migrations ?? [],
  }
}

function byName<T>(definitions: readonly T[], nameOf: (definition: T) => string): Map<string, T> {
  const map = new Map<string, T>()
  for (const definition of definitions) {
    const name = nameOf(definition)
    if (map.has(name)) throw new Error(`Two definitions are named "${name}".`)
    map.set(name, definition)
  }
  return map
}

/** An exec-out of one node, with its dynamic ports counted out. */
export interface ExecPort {
  /** What an edge names in `from`. */
  readonly id: string
  readonly label: string
  /** The variables of the sub-block; absent for the port that goes on after the node. */
  readonly block: Readonly<Record<string, OutputDefinition>> | undefined
  readonly isLoop: boolean
  readonly isFinally: boolean
}

/** The exec-outs of a node, in the order of the card. */
export function execPortsOf(definition: NodeDefinition, node: FlowNode): readonly ExecPort[] {
  return Object.entries(definition.exec?.out ?? {}).flatMap(([key, out]): ExecPort[] => {
    if (!('each' in out)) {
      const { label, block, loop = false } = out
      return [{ id: key, label, block, isLoop: loop, isFinally: out.finally ?? false }]
    }
    const items = node.properties?.[out.each]
    if (!Array.isArray(items)) return []
    return items.filter(isRecord).map((item) => ({
      id: `${key}.${String(item[out.id])}`,
      label: String(item[out.label] ?? item[out.id]),
      block: out.block,
      isLoop: false,
      isFinally: false,
    }))
  })
}

/** The id of the port that goes on after the node: `continue` or `next`; a jump has none. */
export function continuePortOf(definition: NodeDefinition): string | undefined {
  return Object.entries(definition.exec?.out ?? {}).find(
    ([, out]) => !('each' in out) && out.block === undefined,
  )?.[0]
}

/** A data port on the card: a property, or one of the bindings in its value. */
export interface DataPort {
  /** Unique among the ports of the node: the property's key, or `<key>.<label>` for a part of it. */
  readonly id: string
  /** The property's label, or what the part is called: `@SessionId`. */
  readonly label: string
  readonly key: string
  readonly property: PropertyDefinition
  /** Where the binding stands in the property's value; empty for the value itself. */
  readonly path: BindingCell['path']
  /** What stands there now. */
  readonly value: JsonValue | undefined
  /** What may be bound there. */
  readonly type: Type
}

/** The data ports of a node's card, in their order; of two parts of one name, the first is a port. */
export function dataPortsOf(
  definition: NodeDefinition,
  node: Pick<FlowNode, 'properties'>,
): readonly DataPort[] {
  return Object.entries(definition.properties)
    .filter(([, property]) => property.port !== undefined)
    .toSorted(([, left], [, right]) => (left.port ?? 0) - (right.port ?? 0))
    .flatMap(([key, property]): DataPort[] => {
      const { type, cells, cellsArePorts } = rulesOf(property)
      const value = node.properties?.[key]
      if (cellsArePorts !== true) {
        return [
          { id: key, label: property.label, key, property, path: [], value, type: type(property) },
        ]
      }
      const parts = value === undefined ? [] : (cells?.(value, property) ?? [])
      return parts
        .map(({ label = '', ...cell }) => ({
          id: `${key}.${label}`,
          label,
          key,
          property,
          ...cell,
        }))
        .filter(({ id }, index, ports) => index === ports.findIndex((port) => port.id === id))
    })
}

/** A variable that a node declares, under its name in this flow. */
export interface DeclaredVariable {
  /** The key in the definition's `outputs`, or in the `block` of an exec-out. */
  readonly key: string
  readonly name: string
  readonly type: Type
  /** The property that gives the name. */
  readonly nameFrom: string
}

/** The type of what a property of the node is bound to, by its key. */
export type TypeOfProperty = (key: string) => Type

/**
 * The variables that a node declares for what comes after it. Without `typeOf`, a type that depends
 * on what is in scope is `any`; `scopesOf` knows it.
 */
export function outputsOf(
  definition: NodeDefinition,
  node: FlowNode,
  typeOf?: TypeOfProperty,
): readonly DeclaredVariable[] {
  return declared(definition, node, definition.outputs ?? {}, typeOf)
}

/** The variables that are visible inside one sub-block of a node only. */
export function blockVariablesOf(
  definition: NodeDefinition,
  node: FlowNode,
  port: ExecPort,
  typeOf?: TypeOfProperty,
): readonly DeclaredVariable[] {
  return declared(definition, node, port.block ?? {}, typeOf)
}

function declared(
  definition: NodeDefinition,
  node: FlowNode,
  outputs: Readonly<Record<string, OutputDefinition>>,
  typeOf: TypeOfProperty = () => 'any',
): readonly DeclaredVariable[] {
  return Object.entries(outputs).flatMap(([key, { nameFrom, type }]) => {
    const name = node.properties?.[nameFrom] ?? definition.properties[nameFrom]?.default
    if (typeof name !== 'string' || name === '') return []
    return [{ key, name, type: typeOfOutput(definition, node, type, typeOf), nameFrom }]
  })
}

function typeOfOutput(
  definition: NodeDefinition,
  node: FlowNode,
  type: OutputType,
  typeOf: TypeOfProperty,
): Type {
  if (typeof type === 'string') return type
  const valueOf = (key: string) => node.properties?.[key] ?? definition.properties[key]?.default
  if ('itemOf' in type) return itemOf(typeOf(type.itemOf))
  if ('fieldsOf' in type) {
    return typeOfFields(readDeclaredFields(valueOf(type.fieldsOf) ?? []) ?? [])
  }
  if (!('fromProperty' in type)) return type
  const named = valueOf(type.fromProperty)
  if (!isDeclaredType(named) || named === 'any') return 'any'
  const declaredType = typeOfDeclared(named)
  return type.isOptional === true ? { optional: declaredType } : declaredType
}

/** What a node is called: its own title, or its kind's, or its type when that is unknown. */
export function titleOf(node: FlowNode, definition: NodeDefinition | undefined): string {
  return node.title || definition?.title || node.type
}
