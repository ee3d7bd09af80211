import { Search } from 'lucide-react'
import { useEffect } from 'react'
import { flowListCommands, useFlowList } from '../flows/flow-list.ts'
import { searchCommands } from '../search/search-store.ts'
import { recentChoices } from '../session/recent.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Palette, type PaletteGroup } from '../ui/palette.tsx'
import { commandContext } from './command-context.ts'
import { findEntries } from './find-entries.ts'
import { paletteEntries } from './palette-entries.tsx'

const searchPrefix = 'search:'

/** What is always found: the way to all that stands in the flow. */
function inFlow(text: string): PaletteGroup {
  const icon = <Search size={16} aria-hidden />
  const item = { id: `${searchPrefix}${text}`, title: `Search “${text}” in this flow`, icon }
  return { title: 'Search', items: [item] }
}

/** Everything by one key: commands, nodes of this flow, nodes to add, other flows, pages. */
export function CommandPalette() {
  const flows = useFlowList((list) => list.flows)
  useEffect(() => void flowListCommands.load(), [])
  const entries = paletteEntries(commandContext(), flows)

  function find(search: string): readonly PaletteGroup[] {
    const text = search.trim()
    return text === '' ? findHere('') : [...findHere(text), inFlow(text)]
  }

  function findHere(search: string): readonly PaletteGroup[] {
    return findEntries(entries, search, recentChoices.use.getState()).map((group) => ({
      title: group.title,
      items: group.entries.map(({ id, searched, hint, icon, end, whyNot }) => ({
        id,
        title: searched.title,
        icon,
        end,
        isDisabled: whyNot !== undefined,
        ...(hint === undefined ? {} : { hint }),
      })),
    }))
  }

  function choose(id: string): void {
    sessionCommands.close()
    if (id.startsWith(searchPrefix)) {
      searchCommands.open(id.slice(searchPrefix.length))
      return
    }
    // A node of this flow means nothing in another.
    if (!id.startsWith('node:')) recentChoices.note(id)
    entries.find((entry) => entry.id === id)?.choose()
  }

  return (
    <Palette
      label="Search commands, nodes and flows"
      over="window"
      find={find}
      empty="There is nothing to do here."
      onChoose={choose}
      onClose={sessionCommands.close}
    />
  )
}
