import { scoreOf, wordsOf, type Searched } from '../ui/word-score.ts'

/** Where an entry of the command palette stands; on a tie the first of these comes first. */
export const entryGroups = ['Commands', 'In this flow', 'Add a node', 'Flows', 'Go to'] as const

/** One thing that the command palette finds. */
export interface Entry {
  /** Stays the same over time: what was chosen last is remembered by it. */
  readonly id: string
  readonly group: (typeof entryGroups)[number]
  readonly searched: Searched
  /** Why it cannot be chosen now: then it is found, but not offered by itself. */
  readonly whyNot?: string | undefined
  /** It is found, but not offered by itself: it removes something. */
  readonly isDangerous?: boolean
}

export interface EntryGroup<E extends Entry> {
  readonly title: string
  readonly entries: readonly E[]
}

/** Groups that are offered before anything is typed. */
const offered: readonly Entry['group'][] = ['Commands', 'Go to']

/** So many of a group can be looked through; another word finds the others. */
const mostInGroup = 30

/** What a search finds, best first; without words what was chosen last, and what can be done now. */
export function findEntries<E extends Entry>(
  entries: readonly E[],
  search: string,
  recentIds: readonly string[],
): readonly EntryGroup<E>[] {
  const words = wordsOf(search)
  const groups = words.length === 0 ? offer(entries, recentIds) : find(entries, words)
  return groups.filter((group) => group.entries.length > 0)
}

function offer<E extends Entry>(
  entries: readonly E[],
  recentIds: readonly string[],
): readonly EntryGroup<E>[] {
  const possible = entries.filter(({ whyNot, isDangerous }) => !whyNot && !isDangerous)
  const recent = recentIds.flatMap((id) => possible.find((entry) => entry.id === id) ?? [])
  const others = possible.filter((entry) => !recent.includes(entry))
  return [
    { title: 'Recently used', entries: recent },
    ...offered.map((title) => ({
      title,
      entries: others.filter(({ group }) => group === title),
    })),
  ]
}

function find<E extends Entry>(
  entries: readonly E[],
  words: readonly string[],
): readonly EntryGroup<E>[] {
  const found = entries
    .map((entry) => ({ entry, score: entryScore(entry, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
  return entryGroups
    .map((title) => {
      const members = found.filter(({ entry }) => entry.group === title)
      return { title, members, best: members[0]?.score ?? 0 }
    })
    .toSorted((left, right) => right.best - left.best)
    .map(({ title, members }) => ({
      title,
      entries: members.slice(0, mostInGroup).map(({ entry }) => entry),
    }))
}

/** What cannot be done now comes after all that can. */
function entryScore({ searched, whyNot }: Entry, words: readonly string[]): number {
  const score = scoreOf(searched, words)
  return whyNot === undefined ? score : score / 100
}
