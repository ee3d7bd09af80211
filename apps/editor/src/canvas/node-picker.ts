import {
  continuePortOf,
  type Flow,
  type NodeCategory,
  type NodeDefinition,
  type Registry,
} from '@millrace/flow'
import type { PickerOrigin } from '../session/opened.ts'
import { scoreOf, wordsOf } from '../ui/word-score.ts'
import { giversOf, takersOf } from './value-fit.ts'
import { readPort } from './wiring.ts'

/** The categories in the palette's order, with their headings. */
const categoryTitles = {
  trigger: 'Triggers',
  model: 'Models',
  data: 'Data',
  control: 'Flow control',
  output: 'Output',
  attachment: 'Attachments',
} as const satisfies Readonly<Record<NodeCategory, string>>

export interface PickerGroup {
  readonly title: string
  readonly definitions: readonly NodeDefinition[]
}

/** The node types that fit where the picker was opened. */
export function fittingDefinitions(
  flow: Flow,
  registry: Registry,
  origin: PickerOrigin,
): readonly NodeDefinition[] {
  const all = [...registry.nodes.values()]
  if (origin.splice !== undefined) {
    return all.filter((one) => one.exec?.in === true && continuePortOf(one) !== undefined)
  }
  if (origin.from !== undefined) {
    const [nodeId, portId] = origin.from
    const port = readPort(portId)
    if (port.kind === 'exec') return all.filter((one) => one.exec?.in === true)
    if (port.kind === 'out') return takersOf(flow, registry, { nodeId, output: port.key })
    if (port.kind !== 'attach') return []
    const host = flow.nodes.find(({ id }) => id === nodeId)
    const accepts = registry.nodes.get(host?.type ?? '')?.attachments?.[port.key]?.accepts
    return all.filter((one) => one.provides !== undefined && one.provides === accepts)
  }
  if (origin.to !== undefined) {
    const [nodeId, portId] = origin.to
    const port = readPort(portId)
    if (port.kind === 'exec-in') {
      return all.filter((one) => Object.keys(one.exec?.out ?? {}).length > 0)
    }
    if (port.kind === 'in') return giversOf(flow, registry, { nodeId, input: port.key })
    const resource = flow.nodes.find(({ id }) => id === nodeId)
    const provides = registry.nodes.get(resource?.type ?? '')?.provides
    return all.filter((one) => attachmentPortFor(one, provides) !== undefined)
  }
  return all
}

/** The attachment port of a host that takes what a resource provides. */
export function attachmentPortFor(
  host: NodeDefinition,
  provides: NodeDefinition['provides'],
): string | undefined {
  return Object.entries(host.attachments ?? {}).find(([, { accepts }]) => accepts === provides)?.[0]
}

/** Those that a search finds, best first within their groups; all of them for no search. */
export function searchDefinitions(
  definitions: readonly NodeDefinition[],
  search: string,
): readonly PickerGroup[] {
  const words = wordsOf(search)
  const found = definitions
    .map((definition) => ({ definition, score: scoreOfDefinition(definition, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
  const categories = Object.keys(categoryTitles) as NodeCategory[] // the keys of the table above
  const groups = categories.flatMap((category) => {
    const members = found.filter(({ definition }) => definition.category === category)
    // Databases have nodes of the same names: each system has a group of its own.
    const bySystem = Map.groupBy(members, ({ definition }) =>
      category === 'data' ? definition.system : undefined,
    )
    return [...bySystem].map(([system, ofSystem]) => ({
      title: system ?? categoryTitles[category],
      best: ofSystem[0]?.score ?? 0,
      definitions: ofSystem.map(({ definition }) => definition),
    }))
  })
  return groups
    .filter((group) => group.definitions.length > 0)
    .toSorted((left, right) => (words.length === 0 ? 0 : right.best - left.best))
}

/** How well a search finds a node's type; 0 when it does not. */
export function scoreOfDefinition(definition: NodeDefinition, words: readonly string[]): number {
  const { title, tags, system, type, description } = definition
  return scoreOf({ title, tags: tags ?? [], rest: `${system} ${type}`, description }, words)
}
