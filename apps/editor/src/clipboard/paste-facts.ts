import type { Flow, Registry } from '@millrace/flow'
import { importFacts, neededConnections, type NeededConnection } from '../import/import-facts.ts'
import type { CopiedPart } from './copied-part.ts'

/** What somebody should know before something is pasted. */
export interface PasteFacts {
  /** How many nodes of each system come. */
  readonly systems: readonly { readonly system: string; readonly count: number }[]
  readonly nodeCount: number
  readonly noteCount: number
  /** Flow variables that this flow does not have. */
  readonly variables: readonly string[]
  /** What starts it, where this flow has a start already. */
  readonly secondTrigger: string | undefined
  readonly unknownTypes: readonly string[]
  readonly newerTypes: readonly string[]
  readonly missingConnections: readonly NeededConnection[]
  /** Flows that it calls and that are not on this server. */
  readonly missingFlows: readonly string[]
}

/** What is known of the server; `undefined` for what could not be asked. */
interface Here {
  readonly registry: Registry
  readonly connections: readonly { readonly id: string; readonly kind: string }[] | undefined
  readonly flowIds: ReadonlySet<string> | undefined
}

/** What a part brings to a flow, and what it needs that is not here. */
export function pasteFacts(
  { flow: part }: CopiedPart,
  target: Flow,
  { registry, connections, flowIds }: Here,
): PasteFacts {
  const facts = importFacts(part, {
    registry,
    flowIds: new Set([...(flowIds ?? []), target.id]),
    importedIds: new Set(),
  })
  const hasTrigger = target.nodes.some(({ type }) => registry.nodes.get(type)?.kind === 'trigger')
  const known = new Set((target.variables ?? []).map(({ name }) => name))
  return {
    systems: facts.systems,
    nodeCount: part.nodes.length,
    noteCount: part.layout?.notes?.length ?? 0,
    variables: (part.variables ?? []).flatMap(({ name }) => (known.has(name) ? [] : [name])),
    secondTrigger: hasTrigger ? facts.trigger : undefined,
    unknownTypes: facts.unknownTypes,
    newerTypes: facts.newerTypes,
    missingConnections:
      connections === undefined
        ? []
        : neededConnections([part], registry, connections).filter(({ isHere }) => !isHere),
    missingFlows:
      flowIds === undefined
        ? []
        : facts.calls.flatMap(({ id, where }) => (where === 'nowhere' ? [id] : [])),
  }
}

/** Whether the facts are shown before anything is pasted: for a whole flow, or where something is missing. */
export function asksBeforehand({ isWholeFlow }: CopiedPart, facts: PasteFacts): boolean {
  const missing = [...facts.unknownTypes, ...facts.newerTypes, ...facts.missingConnections]
  return isWholeFlow || missing.length > 0
}
