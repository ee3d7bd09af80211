import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { keep, readKept } from './kept.ts'

/** What was used last, newest first; kept for this browser. */
interface Recent {
  readonly use: UseBoundStore<StoreApi<readonly string[]>>
  note(id: string): void
}

/** The types of nodes that were added last. */
export const recentNodes = createRecent('millrace.recent.nodes', 6)

/** What was chosen last in the command palette. */
export const recentChoices = createRecent('millrace.recent.choices', 5)

function createRecent(key: string, most: number): Recent {
  const use = create<readonly string[]>()(() => read(key))
  return {
    use,
    note(id) {
      const ids = [id, ...use.getState().filter((other) => other !== id)].slice(0, most)
      use.setState(ids, true)
      keep(key, ids)
    },
  }
}

function read(key: string): readonly string[] {
  const stored = readKept(key)
  return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []
}
