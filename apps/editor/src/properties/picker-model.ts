import {
  fieldsOf,
  formatReference,
  followPath,
  isAssignable,
  isOptional,
  isRecord,
  parseReference,
  required,
  titleOf,
  whyNotKeep,
  type Flow,
  type FlowScopes,
  type NodeCategory,
  type Registry,
  type ScopeVariable,
  type Type,
} from '@millrace/flow'
import type { LastValues } from './last-values.ts'

/** Where variables come from, as the picker and the chips show it. */
export interface Origin {
  /** The title of the node, or that it is a variable of the flow. */
  readonly title: string
  readonly tone: NodeCategory | 'flow'
}

/** One variable, field or item that the picker lists. */
export interface PickerNode {
  /** What is bound when it is chosen. */
  readonly reference: string
  /** The last step of the reference. */
  readonly name: string
  readonly type: Type
  readonly depth: number
  /** Whether it may be bound where the picker was opened: as it is, written out as JSON, or not at all. */
  readonly fit: 'fits' | 'as-json' | 'none'
  /** Why it is out of the node's reach; `undefined` when it is in scope. */
  readonly unreachable: string | undefined
  /** The variable, when it is out of reach but could be kept in one of the flow. */
  readonly keepable?: ScopeVariable | undefined
  readonly children: readonly PickerNode[]
}

/** The variables of one origin. */
export interface PickerGroup {
  readonly id: string
  readonly origin: Origin
  readonly variables: readonly PickerNode[]
}

/** One line of the picker as it is drawn. */
export interface PickerRow {
  readonly node: PickerNode
  readonly isExpanded: boolean
  readonly isExpandable: boolean
  /** Whether the search means this very line, not one below it. */
  readonly isMatch: boolean
}

/** How far into records and lists the picker goes. */
const maxDepth = 4

/** So many fields are offered of a record whose type does not say which it has. */
const maxKnownFields = 50
/** So many of one variable, at each depth. */
const maxKnownNodes = 2_000

const noValues: LastValues = new Map()

/** All variables of the flow for a node's property, nearest origin first, those out of reach last. */
export function pickerGroups(options: {
  readonly flow: Flow
  readonly registry: Registry
  readonly scopes: FlowScopes
  readonly nodeId: string
  readonly wanted: Type
  /** Whether what does not fit may still be written out as JSON, as in the midst of a text. */
  readonly takesJson?: boolean
  /** What variables are known to hold, for the fields that no type tells. */
  readonly values?: LastValues
}): readonly PickerGroup[] {
  const { flow, registry, scopes, nodeId, wanted, takesJson = false, values = noValues } = options
  const visible = scopes.at(nodeId)
  const inReach = new Set(visible.map(originAndName))
  const groups = new Map<string, PickerGroup>()
  const add = (variable: ScopeVariable, unreachable?: string) => {
    const id = (unreachable === undefined ? '' : 'unreachable ') + originId(variable)
    const known = groups.get(id)
    const root = { variable: variable.name, path: [] }
    const { name, type } = variable
    const value = unreachable === undefined ? values.get(name) : undefined
    const node = nodeOf({
      root,
      name,
      type,
      value,
      wanted,
      takesJson,
      unreachable,
      keepable:
        unreachable !== undefined && whyNotKeep(flow, registry, { variable, nodeId }) === undefined
          ? variable
          : undefined,
      budget: maxKnownNodes,
    })
    groups.set(id, {
      id,
      origin: known?.origin ?? originOf(variable, flow, registry),
      variables: [...(known?.variables ?? []), node],
    })
  }
  for (const variable of visible.toReversed()) add(variable)
  for (const variable of scopes.declared) {
    // A node may give one variable to its blocks and to what comes after it.
    if (!inReach.has(originAndName(variable)))
      add(variable, whyUnreachable(variable, nodeId, flow, registry))
  }
  return [...groups.values()]
}

function nodeOf(given: {
  readonly root: { readonly variable: string; readonly path: readonly (string | number)[] }
  readonly name: string
  readonly type: Type
  /** What it is known to hold; `undefined` when that is not known. */
  readonly value: unknown
  readonly wanted: Type
  readonly takesJson: boolean
  readonly unreachable: string | undefined
  readonly keepable: ScopeVariable | undefined
  /** How many fields may be listed that only the value tells. */
  readonly budget: number
}): PickerNode {
  const { root, name, type, value, wanted, takesJson, unreachable, keepable, budget } = given
  const children = root.path.length >= maxDepth ? [] : stepsInto(type, value, budget)
  return {
    reference: formatReference(root),
    name,
    type,
    depth: root.path.length,
    fit:
      unreachable !== undefined
        ? 'none'
        : isAssignable(type, wanted)
          ? 'fits'
          : takesJson
            ? 'as-json'
            : 'none',
    unreachable,
    keepable,
    children: children.map(([step, inner]) =>
      nodeOf({
        root: { ...root, path: [...root.path, step] },
        name: typeof step === 'number' ? 'first item' : step,
        type:
          isOptional(type) && !isOptional(inner) && inner !== 'any' ? { optional: inner } : inner,
        value: value === undefined ? undefined : followPath(value, [step]),
        wanted,
        takesJson,
        unreachable,
        keepable,
        budget: isOpen(type) ? Math.floor(budget / children.length) : budget,
      }),
    ),
  }
}

function stepsInto(
  type: Type,
  value: unknown,
  budget: number,
): readonly (readonly [string | number, Type])[] {
  const inner = required(type)
  if (isOpen(inner)) {
    if (Array.isArray(value) && value.length > 0 && inner === 'any') return [[0, 'any']]
    const fields = isRecord(value) ? Object.keys(value) : []
    return fields.slice(0, Math.min(budget, maxKnownFields)).map((field) => [field, 'any'])
  }
  if (typeof inner === 'object' && 'list' in inner) {
    return [
      [0, isOptional(inner.list) || inner.list === 'any' ? inner.list : { optional: inner.list }],
    ]
  }
  return Object.entries(fieldsOf(inner) ?? {})
}

/** Whether any field may be in a value of the type, which does not say which are. */
export function isOpen(type: Type): boolean {
  const inner = required(type)
  return inner === 'any' || Object.keys(fieldsOf(inner) ?? { closed: inner }).length === 0
}

/**
 * The lines to draw. A search shows everything that matches, opened up to the match; without one,
 * a variable that does not fit but holds something that does is open unless it was closed.
 */
export function pickerRows(
  variables: readonly PickerNode[],
  query: string,
  toggled: ReadonlySet<string>,
): readonly PickerRow[] {
  // A point at the end is the beginning of a step: the row stays while it is typed.
  const words = query.toLowerCase().replace(/\.$/, '').split(/\s+/).filter(Boolean)
  const spelled = parseReference(query.trim())
  const rows: PickerRow[] = []
  for (const node of variables) addRows(node)
  return rows

  function addRows(node: PickerNode): void {
    const isExpandable = node.children.length > 0
    if (words.length > 0) {
      const inside = [...node.children, ...spelledIn(node)]
      if (!isMatch(node) && !inside.some(holdsMatch)) return
      const isExpanded = inside.some(holdsMatch)
      rows.push({ node, isExpanded, isExpandable: inside.length > 0, isMatch: isMatch(node) })
      if (isExpanded) for (const child of inside) addRows(child)
      return
    }
    const opensByItself =
      node.fit !== 'fits' && node.depth < 2 && node.children.some(({ fit }) => fit === 'fits')
    const isExpanded = isExpandable && opensByItself !== toggled.has(node.reference)
    rows.push({ node, isExpanded, isExpandable, isMatch: true })
    if (isExpanded) for (const child of node.children) addRows(child)
  }

  function isMatch({ reference }: PickerNode): boolean {
    const text = reference.toLowerCase()
    return words.every((word) => text.includes(word))
  }

  function holdsMatch(node: PickerNode): boolean {
    return isMatch(node) || [...node.children, ...spelledIn(node)].some(holdsMatch)
  }

  /** The field that the search spells out, of a value that may have any. */
  function spelledIn(node: PickerNode): readonly PickerNode[] {
    if (spelled === undefined || node.unreachable !== undefined || !isOpen(node.type)) return []
    const own = parseReference(node.reference)
    const path = own?.path ?? []
    const isInside =
      spelled.variable === own?.variable &&
      spelled.path.length > path.length &&
      path.every((key, index) => key === spelled.path[index])
    if (!isInside) return []
    const reference = formatReference(spelled)
    const isListed = node.children.some(
      (child) => reference === child.reference || isBelow(reference, child.reference),
    )
    if (isListed) return []
    const name = reference.slice(node.reference.length).replace(/^\./, '')
    return [
      { ...node, reference, name, type: 'any', depth: node.depth + 1, fit: 'fits', children: [] },
    ]
  }
}

/** Whether a reference leads into what another one refers to. */
function isBelow(reference: string, other: string): boolean {
  return reference.startsWith(`${other}.`) || reference.startsWith(`${other}[`)
}

/** Where a variable comes from. */
export function originOf(variable: ScopeVariable, flow: Flow, registry: Registry): Origin {
  const { origin } = variable
  if (origin.kind === 'flow') return { title: 'Flow variables', tone: 'flow' }
  const node = flow.nodes.find(({ id }) => id === origin.nodeId)
  const definition = node === undefined ? undefined : registry.nodes.get(node.type)
  return {
    title: node === undefined ? origin.nodeId : titleOf(node, definition),
    tone: definition?.category ?? 'control',
  }
}

function originAndName(variable: ScopeVariable): string {
  return `${originId(variable)} ${variable.name}`
}

function originId({ origin }: ScopeVariable): string {
  return origin.kind === 'flow' ? 'flow' : `node ${origin.nodeId}`
}

function whyUnreachable(
  variable: ScopeVariable,
  nodeId: string,
  flow: Flow,
  registry: Registry,
): string {
  const { origin } = variable
  if (origin.kind === 'flow') return 'Another flow variable of the same name comes first.'
  const { title } = originOf(variable, flow, registry)
  if (origin.kind === 'block') {
    const port = portLabel(origin.nodeId, origin.port, flow, registry)
    return `Only inside “${port}” of ${title}.`
  }
  return origin.nodeId === nodeId
    ? 'This node declares it: it exists only after the node.'
    : `${title} does not run before this node.`
}

function portLabel(nodeId: string, port: string, flow: Flow, registry: Registry): string {
  const type = flow.nodes.find(({ id }) => id === nodeId)?.type ?? ''
  return registry.nodes.get(type)?.exec?.out[port]?.label ?? port
}
