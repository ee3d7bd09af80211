import type { NodeDefinition } from '@millrace/flow'
import { wordsOf } from '../ui/word-score.ts'
import { scoreOfDefinition } from './node-picker.ts'

/** The nodes of one system, or those that were used last. */
export interface DrawerGroup {
  readonly title: string
  readonly definitions: readonly NodeDefinition[]
}

/** What the palette at the left is asked for. */
export interface DrawerQuery {
  readonly search: string
  /** Only nodes that have it, when one is chosen. */
  readonly tag: string | undefined
  /** The types that were used last, newest first. */
  readonly recent: readonly string[]
}

/** The nodes by system, as the server lists them; those that a search finds, best first within each. */
export function drawerGroups(
  definitions: readonly NodeDefinition[],
  { search, tag, recent }: DrawerQuery,
): readonly DrawerGroup[] {
  const words = wordsOf(search)
  const isAll = words.length === 0 && tag === undefined
  const found = definitions
    .filter(({ tags }) => tag === undefined || tags?.includes(tag) === true)
    .map((definition) => ({ definition, score: scoreOfDefinition(definition, words) }))
    .filter(({ score }) => score > 0)
  const bySystem = [...Map.groupBy(found, ({ definition }) => definition.system)].map(
    ([title, members]) => ({
      title,
      best: Math.max(...members.map(({ score }) => score)),
      definitions: members
        .toSorted((left, right) => right.score - left.score)
        .map(({ definition }) => definition),
    }),
  )
  const used = recent.flatMap((type) => definitions.find((one) => one.type === type) ?? [])
  return [
    ...(isAll && used.length > 0 ? [{ title: 'Recently used', definitions: used }] : []),
    ...bySystem
      .toSorted((left, right) => right.best - left.best)
      .map(({ title, definitions: members }) => ({ title, definitions: members })),
  ]
}

/** The tags that say most: those that many nodes share, at most so many. */
export function commonTags(
  definitions: readonly NodeDefinition[],
  most: number,
): readonly string[] {
  const counts = new Map<string, number>()
  for (const tag of definitions.flatMap(({ tags }) => tags ?? [])) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, most)
    .map(([tag]) => tag)
}
