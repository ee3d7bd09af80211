import { scoreOf, wordsOf } from '../ui/word-score.ts'
import { commandGroups } from './command.ts'
import { commandIds, commandOf } from './commands.ts'
import { gestures, type Gesture } from './gestures.ts'

export interface HelpGroup {
  readonly title: string
  readonly entries: readonly Gesture[]
}

/** All keys and gestures by subject, or those that a search finds. */
export function helpGroups(search: string): readonly HelpGroup[] {
  const words = wordsOf(search)
  const found = all.filter(({ searched }) => scoreOf(searched, words) > 0)
  return commandGroups
    .map((title) => ({
      title,
      entries: found.filter(({ entry }) => entry.group === title).map(({ entry }) => entry),
    }))
    .filter(({ entries }) => entries.length > 0)
}

const all = [
  ...commandIds.flatMap((id) => {
    const { label, group, keys, words = '' } = commandOf(id)
    if (keys === undefined) return []
    return [
      {
        entry: { label, group, keys },
        searched: { title: label, rest: `${keys.join(' ')} ${words}` },
      },
    ]
  }),
  ...gestures.map((entry) => {
    const { label, keys = [], movement = '' } = entry
    return { entry, searched: { title: label, rest: `${keys.join(' ')} ${movement}` } }
  }),
]
