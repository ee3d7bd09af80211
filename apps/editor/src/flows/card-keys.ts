import type { KeyboardEvent } from 'react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { attempt, deleteWithUndo } from './flow-actions.ts'
import { flowsPageCommands } from './flows-page-store.ts'
import { nextCard } from './next-card.ts'

/** The keys of the list of flows while the name of one has the focus: arrows, F2 and Delete. */
export function cardKeys(flows: readonly FlowSummary[]) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-flow-link]')]
    const index = links.findIndex((link) => link === event.target)
    const link = links[index]
    const flow = flows.find(({ id }) => id === link?.dataset['flowLink'])
    if (link === undefined || flow === undefined || event.ctrlKey || event.metaKey || event.altKey)
      return
    if (event.key === 'F2' && flow.status === 'flow') {
      event.preventDefault()
      flowsPageCommands.startRename(flow.id)
    } else if (event.key === 'Delete') {
      event.preventDefault()
      const neighbour = links[index + 1] ?? links[index - 1]
      void attempt(() => deleteWithUndo([flow])).then(() => neighbour?.focus())
    } else {
      const next = nextCard(event.key, { index, count: links.length, columns: columnsOf(links) })
      if (next === undefined) return
      event.preventDefault()
      links[next]?.focus()
    }
  }
}

/** How many cards stand beside each other, as the window lays them out now. */
function columnsOf(links: readonly HTMLElement[]): number {
  const tops = links.map((link) => link.closest('li')?.offsetTop)
  const next = tops.findIndex((top) => top !== tops[0])
  return next === -1 ? links.length : next
}
