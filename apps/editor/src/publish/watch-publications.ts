import { whenLookedAt } from '../app/when-looked-at.ts'
import { useDocument } from '../document/document-store.ts'
import { loadPublications, usePublications } from './publications-store.ts'
import { mainPublication, publishedWords } from './published-words.ts'

/** How the open flow stands to what is published of it. */
export interface Standing {
  /** As in "Published · 3 changes since". */
  readonly words: string
  readonly isBehind: boolean
}

/**
 * Tells how the open flow stands, `undefined` while nothing is published: after each save, and when
 * somebody comes back to this window, since another may have published. Stops when called.
 */
export function watchPublications(tell: (standing: Standing | undefined) => void): () => void {
  function load(): void {
    const { flow, revision } = useDocument.getState()
    if (revision !== undefined) void loadPublications(flow.id)
  }
  function put(): void {
    const state = usePublications.getState()
    const main = state.status === 'ready' ? mainPublication(state.published) : undefined
    tell(main && { words: publishedWords(main), isBehind: main.changes !== 0 })
  }
  load()
  put()
  const forget = usePublications.subscribe(put)
  const leave = useDocument.subscribe((now, before) => {
    if (now.revision !== before.revision || now.flow.id !== before.flow.id) load()
  })
  const stopLooking = whenLookedAt(load)
  return () => {
    stopLooking()
    forget()
    leave()
  }
}
