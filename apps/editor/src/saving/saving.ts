import { useEffect } from 'react'
import { toast } from 'sonner'
import { useStore } from 'zustand'
import { useConnectivity } from '../api/connectivity.ts'
import { createFlow, saveFlow } from '../api/flows-api.ts'
import { documentCommands, selectIsDirty, useDocument } from '../document/document-store.ts'
import { createSaver, type SaveStatus } from './create-saver.ts'
import { createDrafts } from './drafts.ts'

/** The drafts of this browser. */
export const drafts = createDrafts(localStorage)

/** Saves the open document. */
export const saver = createSaver({
  read: useDocument.getState,
  subscribe: useDocument.subscribe,
  markSaved: (flow, revision) => documentCommands.markSaved(flow, revision),
  store: async (flow, revision) =>
    revision === undefined ? (await createFlow(flow)).revision : saveFlow(flow, revision),
  drafts,
})

/** Saves because a designer asked, and says so when the document is refused. */
export async function saveNow(): Promise<void> {
  await saver.save()
  const status = saver.status.getState()
  if (status.kind === 'refused') toast.error(status.error.message)
}

export function useSaveStatus(): SaveStatus {
  return useStore(saver.status)
}

/**
 * Saves the open document for as long as the designer stands, tries again when the server is back,
 * and asks before the window closes on unsaved work.
 */
export function useSaving(): void {
  useEffect(() => {
    const leave = saver.follow()
    const forget = useConnectivity.subscribe((now, before) => {
      if (now.isOnline && !before.isOnline) void saver.save()
    })
    function guard(event: BeforeUnloadEvent): void {
      if (!selectIsDirty(useDocument.getState())) return
      saver.keepDraft()
      event.preventDefault()
    }
    window.addEventListener('beforeunload', guard)
    return () => {
      window.removeEventListener('beforeunload', guard)
      forget()
      leave()
    }
  }, [])
}
