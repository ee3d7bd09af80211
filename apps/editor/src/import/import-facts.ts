import {
  checkFlow,
  connectionsOf,
  type Flow,
  type Problem,
  type ProblemCode,
  type Registry,
} from '@millrace/flow'

/** A flow that an imported one calls. */
export interface CalledFlow {
  readonly id: string
  /** Whether it is on this server, part of the same import, or neither. */
  readonly where: 'here' | 'inImport' | 'nowhere'
}

/** What an imported flow is, and what it needs to run here. */
export interface ImportFacts {
  /** What starts it; `undefined` when nothing does. */
  readonly trigger: string | undefined
  /** How many nodes it has of each system, most first. */
  readonly systems: readonly { readonly system: string; readonly count: number }[]
  readonly calls: readonly CalledFlow[]
  /** Types of nodes that this server does not have. */
  readonly unknownTypes: readonly string[]
  /** Titles of types of which it has nodes of a later version. */
  readonly newerTypes: readonly string[]
  readonly variableCount: number
  /** What keeps it from running, apart from what is told above. */
  readonly problems: readonly Problem[]
}

interface Here {
  readonly registry: Registry
  readonly flowIds: ReadonlySet<string>
  readonly importedIds: ReadonlySet<string>
}

/** The summary that is shown before a flow is imported. */
export function importFacts(flow: Flow, { registry, flowIds, importedIds }: Here): ImportFacts {
  const known = flow.nodes.map((node) => ({ node, definition: registry.nodes.get(node.type) }))
  const systems = Map.groupBy(known, ({ definition }) => definition?.system ?? 'Not known here')
  const starter = known.find(({ definition }) => definition?.kind === 'trigger')
  return {
    trigger: starter?.definition?.title,
    systems: [...systems]
      .map(([system, nodes]) => ({ system, count: nodes.length }))
      .toSorted((left, right) => right.count - left.count),
    calls: calledFlows(flow, registry).map((id) => ({
      id,
      where: importedIds.has(id) ? 'inImport' : flowIds.has(id) ? 'here' : 'nowhere',
    })),
    unknownTypes: unique(
      known.flatMap(({ node, definition }) => (definition === undefined ? [node.type] : [])),
    ),
    newerTypes: unique(
      known.flatMap(({ node, definition }) =>
        definition !== undefined && (node.version ?? 1) > definition.version
          ? [definition.title]
          : [],
      ),
    ),
    variableCount: flow.variables?.length ?? 0,
    problems: checkFlow(flow, registry).filter(
      ({ code, severity }) => severity === 'error' && !toldElsewhere.has(code),
    ),
  }
}

const toldElsewhere: ReadonlySet<ProblemCode> = new Set([
  'connection_missing',
  'flow_missing',
  'node_newer',
  'node_unknown',
])

/** A connection that imported flows ask for. */
export interface NeededConnection {
  readonly id: string
  /** The kinds that fit the nodes which use it. */
  readonly kinds: readonly string[]
  readonly isHere: boolean
}

/** The connections that flows ask for, each once, those that are not here first. */
export function neededConnections(
  flows: readonly Flow[],
  registry: Registry,
  known: readonly { readonly id: string; readonly kind: string }[],
): readonly NeededConnection[] {
  const needed = new Map(flows.flatMap((flow) => [...connectionsOf(flow, registry)]))
  return [...needed]
    .map(([id, kinds]) => ({
      id,
      kinds,
      isHere: known.some((other) => other.id === id && kinds.includes(other.kind)),
    }))
    .toSorted((left, right) => Number(left.isHere) - Number(right.isHere))
}

/** The ids of the flows that a flow calls. */
function calledFlows(flow: Flow, registry: Registry): readonly string[] {
  return unique(
    flow.nodes.flatMap((node) =>
      Object.entries(registry.nodes.get(node.type)?.properties ?? {}).flatMap(([key, { kind }]) => {
        const id = node.properties?.[key]
        return kind === 'flow' && typeof id === 'string' && id !== '' && id !== flow.id ? [id] : []
      }),
    ),
  )
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
