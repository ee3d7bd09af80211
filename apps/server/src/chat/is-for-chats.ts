import type { StoredFlow } from '../flows/flow-store.ts'
import { readStored } from '../flows/read-document.ts'
import { startsByChat } from './chat-flows.ts'

/** Whether chat clients can start a stored flow. */
export type IsForChats = (flow: StoredFlow) => boolean

/** So many answers are known, since a revision never changes. */
const maxKnown = 2000

/** Reads the document of each revision once: clients list their models before each chat. */
export function createIsForChats(read: typeof readStored = readStored): IsForChats {
  const known = new Map<string, boolean>()
  return ({ id, revision, updatedAt, text }) => {
    // A flow that was deleted and made again counts its revisions from the start.
    const key = `${id} ${revision} ${updatedAt}`
    let isForChats = known.get(key)
    if (isForChats === undefined) {
      const stored = read(text)
      isForChats = stored.status === 'flow' && startsByChat(stored.flow)
      if (known.size === maxKnown) known.clear()
      known.set(key, isForChats)
    }
    return isForChats
  }
}
