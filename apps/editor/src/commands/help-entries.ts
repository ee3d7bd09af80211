import { scoreOf, wordsOf } from '../ui/word-score.ts'
import { commandGroups } from './command.ts'
import { allKeysOf, commandIds, commandOf, type CommandId } from './commands.ts'
import { gestures, type Gesture } from './gestures.ts'

export interface HelpEntry extends Gesture {
  /** The command whose keys a designer may choose. */
  readonly command?: CommandId
}

export interface HelpGroup {
  readonly title: string
  readonly entries: readonly HelpEntry[]
}

/** All keys and gestures by subject, or those that a search finds. */
export function helpGroups(search: string): readonly HelpGroup[] {
  const words = wordsOf(search)
  const found = allEntries().filter(({ searched }) => scoreOf(searched, words) > 0)
  return commandGroups
    .map((title) => ({
      title,
      entries: found.filter(({ entry }) => entry.group === title).map(({ entry }) => entry),
    }))
    .filter(({ entries }) => entries.length > 0)
}

interface Searchable {
  readonly entry: HelpEntry
  readonly searched: { readonly title: string; readonly rest: string }
}

function allEntries(): readonly Searchable[] {
  return [
    ...commandIds.flatMap((id) => {
      const { label, group, words = '', hasNativeKeys } = commandOf(id)
      const keys = allKeysOf(id)
      if (keys.length === 0) return []
      return [
        {
          entry: { label, group, keys, ...(hasNativeKeys === true ? {} : { command: id }) },
          searched: { title: label, rest: `${keys.join(' ')} ${words}` },
        },
      ]
    }),
    ...gestures.map((entry) => {
      const { label, keys = [], movement = '' } = entry
      return { entry, searched: { title: label, rest: `${keys.join(' ')} ${movement}` } }
    }),
  ]
}
