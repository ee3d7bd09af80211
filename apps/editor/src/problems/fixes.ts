import {
  formatReference,
  keepInVariable,
  parseReference,
  replaceMissingVariable,
  replaceReference,
  setFlowFields,
  setProperty,
  uniqueName,
  whyNotKeep,
  type Flow,
  type FlowScopes,
  type Problem,
  type PropertyDefinition,
  type Registry,
} from '@millrace/flow'

/** A way to mend a problem at once. */
export interface Fix {
  /** What it does, for a button. */
  readonly label: string
  readonly apply: (flow: Flow) => Flow
}

/** What fixes need to know beside the problem. */
export interface FixContext {
  readonly flow: Flow
  readonly registry: Registry
  readonly scopes: FlowScopes
  readonly connections: readonly {
    readonly id: string
    readonly kind: string
    readonly name: string
  }[]
}

/** More would be a list to read. */
const maxConnections = 2

/** The ways to mend a problem, likeliest first; none where somebody has to decide. */
export function fixesOf(problem: Problem, context: FixContext): readonly Fix[] {
  const { nodeId, property: key } = problem
  if (nodeId === undefined || key === undefined) return []
  const { flow, registry } = context
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const property = registry.nodes.get(node?.type ?? '')?.properties[key]
  const set = (value: string | undefined) => (before: Flow) =>
    setProperty(before, registry, { nodeId, key, value })
  switch (problem.code) {
    case 'reference_broken':
    case 'type_mismatch':
      return property?.kind === 'flowVariable'
        ? fixesOfAssigned(problem, set)
        : [
            ...fixesOfReference(problem, { nodeId, key }, registry),
            ...fixesOfReach(problem, context),
          ]
    case 'connection_missing':
    case 'property_missing':
    case 'property_invalid':
      return fixesOfConnection(property, context, set)
    case 'flow_missing':
      return instead(problem, (id) => ({ label: `Use “${id}”`, apply: set(id) }))
    case 'property_unknown':
      return [{ label: 'Remove it', apply: set(undefined) }]
    case 'name_clash': {
      const name = node?.properties?.[key] ?? property?.default
      if (typeof name !== 'string') return []
      const free = uniqueName(name, new Set(context.scopes.declared.map((one) => one.name)))
      return [{ label: `Rename to “${free}”`, apply: set(free) }]
    }
    default:
      return []
  }
}

/** One mistake that made several problems: a variable that is gone, with what was likely meant. */
export interface SharedBreak {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly fix: Fix
}

/** The variables that several references miss, where one and the same other one was likely meant. */
export function sharedBreaks(
  problems: readonly Problem[],
  registry: Registry,
): readonly SharedBreak[] {
  const pairs = problems.flatMap(({ reference, instead: meant }) => {
    const from = parseReference(reference ?? '')?.variable
    const to = parseReference(meant ?? '')?.variable
    return from === undefined || to === undefined || from === to ? [] : [`${from} ${to}`]
  })
  return [...Map.groupBy(pairs, (pair) => pair)]
    .filter(([, { length }]) => length > 1)
    .map(([pair, { length: count }]) => {
      const [from = '', to = ''] = pair.split(' ')
      const apply = (flow: Flow) => replaceMissingVariable(flow, registry, { from, to })
      return { from, to, count, fix: { label: `Use “${to}” everywhere`, apply } }
    })
}

function instead({ instead: meant }: Problem, make: (meant: string) => Fix): readonly Fix[] {
  return meant === undefined ? [] : [make(meant)]
}

function fixesOfReference(
  problem: Problem,
  { nodeId, key }: { readonly nodeId: string; readonly key: string },
  registry: Registry,
): readonly Fix[] {
  const { reference: from } = problem
  if (from === undefined) return []
  return instead(problem, (to) => ({
    label: `Use “${to}”`,
    apply: (flow) => replaceReference(flow, registry, { nodeId, property: key, from, to }),
  }))
}

/** A variable that is out of reach can be kept where everything reaches it. */
function fixesOfReach(problem: Problem, { flow, registry, scopes }: FixContext): readonly Fix[] {
  const { nodeId, property, reference } = problem
  const parsed = parseReference(reference ?? '')
  if (nodeId === undefined || property === undefined || parsed === undefined) return []
  if (scopes.visibleAt(nodeId).find(parsed.variable) !== undefined) return []
  const variable = scopes.declared.find(({ name }) => name === parsed.variable)
  if (variable === undefined || whyNotKeep(flow, registry, { variable, nodeId }) !== undefined) {
    return []
  }
  return [
    {
      label: 'Keep it in a flow variable',
      apply(before) {
        const kept = keepInVariable(before, registry, variable)
        if (kept === undefined) return before
        const to = formatReference({ ...parsed, variable: kept.name })
        return replaceReference(kept.flow, registry, {
          nodeId,
          property,
          from: reference ?? '',
          to,
        })
      },
    },
  ]
}

function fixesOfAssigned(problem: Problem, set: (name: string) => Fix['apply']): readonly Fix[] {
  const { reference: name } = problem
  const near = instead(problem, (to) => ({ label: `Use “${to}”`, apply: set(to) }))
  if (name === undefined) return near
  const create: Fix = {
    label: `Create “${name}”`,
    apply: (flow) =>
      setFlowFields(flow, { variables: [...(flow.variables ?? []), { name, type: 'any' }] }),
  }
  return [...near, create]
}

function fixesOfConnection(
  property: PropertyDefinition | undefined,
  { connections }: FixContext,
  set: (id: string) => Fix['apply'],
): readonly Fix[] {
  if (property?.kind !== 'connection') return []
  return connections
    .filter(({ kind }) => property.kinds.includes(kind))
    .slice(0, maxConnections)
    .map(({ id, name }) => ({ label: `Use “${name}”`, apply: set(id) }))
}
