import type { Registry } from './definition.ts'
import { setProperty } from './edit.ts'
import type { Flow, FlowNode } from './flow.ts'
import { renameFlowVariable, renameVariable } from './rename.ts'

/** A variable that has another name after a change; without a node, one of the flow. */
export interface FoundRename {
  readonly nodeId: string | undefined
  readonly from: string
  readonly to: string
}

interface Candidate extends FoundRename {
  /** `undefined` where the new name means something else already. */
  readonly apply: (flow: Flow) => Flow | undefined
}

/** Each candidate is tried on the whole flow; a flow with more new names than these was rewritten. */
const maxCandidates = 20

/**
 * The variables that were renamed, with every reference to them, and the flow before with those new
 * names. Only what a rename explains to the letter is one: where anything that it changes was changed
 * in another way too, there is none.
 */
export function findRenames(
  before: Flow,
  after: Flow,
  registry: Registry,
): { readonly renames: readonly FoundRename[]; readonly renamed: Flow } {
  const candidates = [
    ...renamedVariables(before, after, registry),
    ...renamedOutputs(before, after, registry),
  ]
  if (candidates.length > maxCandidates) return { renames: [], renamed: before }
  // Together first: a value in which two of them stand is explained by none of them alone.
  return (
    applyAll(before, after, candidates) ??
    candidates.reduce(
      (known: Renamed, candidate) => {
        const next = applyAll(known.renamed, after, [candidate])
        return next === undefined
          ? known
          : { renames: [...known.renames, ...next.renames], renamed: next.renamed }
      },
      { renames: [], renamed: before },
    )
  )
}

type Renamed = ReturnType<typeof findRenames>

/** The flow with these names, if all that they change is in the end as they make it. */
function applyAll(
  before: Flow,
  after: Flow,
  candidates: readonly Candidate[],
): Renamed | undefined {
  let renamed = before
  for (const { apply } of candidates) {
    const next = apply(renamed)
    if (next === undefined) return undefined
    renamed = next
  }
  if (!explains(before, renamed, after)) return undefined
  return { renames: candidates.map(({ nodeId, from, to }) => ({ nodeId, from, to })), renamed }
}

/** Whether everything that differs between the first two versions is in the last one as it became. */
function explains(before: Flow, renamed: Flow, after: Flow): boolean {
  const [old, last] = [nodesOf(before), nodesOf(after)]
  return renamed.nodes.every((node) =>
    Object.entries(node.properties ?? {}).every(([key, value]) => {
      const text = JSON.stringify(value)
      return (
        text === JSON.stringify(old.get(node.id)?.properties?.[key]) ||
        text === JSON.stringify(last.get(node.id)?.properties?.[key])
      )
    }),
  )
}

function nodesOf({ nodes }: Flow): ReadonlyMap<string, FlowNode> {
  return new Map(nodes.map((node) => [node.id, node]))
}

/** Names that nodes give their variables, where a name is another than before. */
function renamedOutputs(before: Flow, after: Flow, registry: Registry): readonly Candidate[] {
  const last = nodesOf(after)
  return before.nodes.flatMap(({ id: nodeId, type, properties = {} }) =>
    Object.entries(properties).flatMap(([key, from]): readonly Candidate[] => {
      const to = last.get(nodeId)?.properties?.[key]
      if (registry.nodes.get(type)?.properties[key]?.kind !== 'variableName') return []
      if (typeof from !== 'string' || typeof to !== 'string' || from === to) return []
      const rename = { nodeId, from, to }
      return [
        {
          ...rename,
          apply: (flow) =>
            renameVariable(flow, registry, rename) === flow
              ? undefined
              : setProperty(flow, registry, { nodeId, key, value: to }),
        },
      ]
    }),
  )
}

/** Variables of the flow that stand where another one stood, and are like it but for the name. */
function renamedVariables(before: Flow, after: Flow, registry: Registry): readonly Candidate[] {
  const known = new Set(before.variables?.map(({ name }) => name))
  return (before.variables ?? []).flatMap((variable, index): readonly Candidate[] => {
    const now = after.variables?.[index]
    if (now === undefined || known.has(now.name)) return []
    const rename = { from: variable.name, to: now.name }
    if (JSON.stringify({ ...variable, name: now.name }) !== JSON.stringify(now)) return []
    return [
      {
        nodeId: undefined,
        ...rename,
        apply(flow) {
          const renamed = renameFlowVariable(flow, registry, rename)
          return renamed === flow ? undefined : renamed
        },
      },
    ]
  })
}
