import { branchesAround, chainFrom, continuePortIn, portOfBranch } from './branch.ts'
import { titleOf, type NodeDefinition, type Registry } from './definition.ts'
import { addNode, namesIn, setFlowFields, setProperty } from './edit.ts'
import { insertAt } from './edit-lines.ts'
import type { Flow, FlowVariable } from './flow.ts'
import { uniqueName } from './name.ts'
import type { ScopeVariable } from './scope.ts'
import { fieldsOf, required, type Type } from './type.ts'

/** A variable that was put into a flow variable, which is visible everywhere. */
export interface KeptVariable {
  readonly flow: Flow
  /** The flow variable that holds it. */
  readonly name: string
  /** The node that assigns it; one that did so already is taken again. */
  readonly nodeId: string
}

/**
 * Keeps a node's variable in a flow variable, so that nodes out of its reach can refer to it: adds
 * the flow variable, and right after the node, or first in its sub-block, one that assigns it. What
 * ran there runs after that. `undefined` where `whyNotKeep` has a reason.
 */
export function keepInVariable(
  flow: Flow,
  registry: Registry,
  { name, type, origin }: ScopeVariable,
): KeptVariable | undefined {
  const setter = setterIn(registry)
  const exit = exitAfter(flow, registry, origin)
  if (setter === undefined || exit === undefined) return undefined
  const kept = keptAlready(flow, setter, { name, exit })
  if (kept !== undefined) return { flow, ...kept }
  const wanted = `kept${name.charAt(0).toUpperCase()}${name.slice(1)}`.slice(0, 60)
  const variable: FlowVariable = {
    name: uniqueName(wanted, namesIn(flow, registry)),
    type: declaredTypeOf(type),
  }
  const declared = setFlowFields(flow, { variables: [...(flow.variables ?? []), variable] })
  const { flow: added, nodeId } = addNode(declared, registry, {
    type: setter.definition.type,
    position: flow.layout?.nodes?.[exit[0]] ?? [0, 0],
  })
  const named = setProperty(added, registry, { nodeId, key: setter.target, value: variable.name })
  const value = { $ref: name }
  const assigned = setProperty(named, registry, { nodeId, key: setter.value, value })
  return { flow: insertAt(assigned, registry, { nodeId, exit }), name: variable.name, nodeId }
}

/** Why keeping a variable in a flow variable would give a node nothing; `undefined` when it helps. */
export function whyNotKeep(
  flow: Flow,
  registry: Registry,
  { variable, nodeId }: { readonly variable: ScopeVariable; readonly nodeId: string },
): string | undefined {
  const { origin, name } = variable
  if (origin.kind === 'flow') return `"${name}" is a flow variable already.`
  if (setterIn(registry) === undefined) return 'No node that is installed sets flow variables.'
  const title = (id: string) => {
    const node = flow.nodes.find((one) => one.id === id)
    return node === undefined ? id : titleOf(node, registry.nodes.get(node.type))
  }
  if (exitAfter(flow, registry, origin) === undefined) {
    return `Nothing can run after "${title(origin.nodeId)}".`
  }
  const own = origin.kind === 'block' ? [{ ownerId: origin.nodeId, port: origin.port }] : []
  const theirs = [...branchesAround(flow, registry, origin.nodeId), ...own]
  const ours = branchesAround(flow, registry, nodeId)
  const fork = theirs.findIndex(
    ({ ownerId, port }, index) => ours[index]?.ownerId !== ownerId || ours[index].port !== port,
  )
  const shared = fork === -1 ? theirs.length : fork
  // In a loop, what runs later in one round runs before the next.
  if (ours.slice(0, shared).some((one) => portOfBranch(flow, registry, one)?.isLoop)) {
    return undefined
  }
  const [left, right] = [theirs[shared], ours[shared]]
  const first = left?.ownerId ?? origin.nodeId
  const then = right?.ownerId ?? placeOf(flow, nodeId)
  if (first !== then && chainFrom(flow, registry, first).includes(then)) return undefined
  if (first === then && left !== undefined && right !== undefined) {
    const owner = flow.nodes.find(({ id }) => id === first)
    if (registry.nodes.get(owner?.type ?? '')?.exec?.runsOne !== true) return undefined
    return `Either "${title(origin.nodeId)}" runs or "${title(nodeId)}", never both.`
  }
  return `"${title(origin.nodeId)}" does not run before "${title(nodeId)}".`
}

/** A resource runs where its host does. */
function placeOf(flow: Flow, nodeId: string): string {
  const host = flow.attachments?.find(({ resource }) => resource === nodeId)?.host[0]
  return host ?? nodeId
}

/** The exit at which a variable is known. */
function exitAfter(
  flow: Flow,
  registry: Registry,
  origin: ScopeVariable['origin'],
): readonly [nodeId: string, port: string] | undefined {
  if (origin.kind === 'flow') return undefined
  const port = origin.kind === 'block' ? origin.port : continuePortIn(flow, registry, origin.nodeId)
  return port === undefined ? undefined : [origin.nodeId, port]
}

/** A kind of node that assigns flow variables, with the keys of its properties. */
interface Setter {
  readonly definition: NodeDefinition
  /** Of the property that names the flow variable. */
  readonly target: string
  /** Of the property that holds its new value. */
  readonly value: string
}

function setterIn(registry: Registry): Setter | undefined {
  for (const definition of registry.nodes.values()) {
    for (const [value, property] of Object.entries(definition.properties)) {
      if (property.kind === 'value' && property.assignedTo !== undefined) {
        return { definition, target: property.assignedTo, value }
      }
    }
  }
  return undefined
}

/** The node right at an exit that assigns the variable already. */
function keptAlready(
  flow: Flow,
  { definition, target, value }: Setter,
  { name, exit }: { readonly name: string; readonly exit: readonly [string, string] },
): Pick<KeptVariable, 'name' | 'nodeId'> | undefined {
  const edge = flow.edges.find(({ from }) => from[0] === exit[0] && from[1] === exit[1])
  const node = flow.nodes.find(({ id }) => id === edge?.to)
  const properties = node?.properties ?? {}
  const kept = properties[target]
  const isSame =
    node?.type === definition.type &&
    JSON.stringify(properties[value]) === JSON.stringify({ $ref: name })
  return isSame && typeof kept === 'string' ? { name: kept, nodeId: node.id } : undefined
}

function declaredTypeOf(type: Type): FlowVariable['type'] {
  const inner = required(type)
  if (inner === 'any' || inner === 'text' || inner === 'number' || inner === 'boolean') return inner
  return fieldsOf(inner) === undefined ? 'list' : 'record'
}
