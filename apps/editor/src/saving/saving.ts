import { readChecked } from '@millrace/flow'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useConnectivity } from '../api/connectivity.ts'
import { hearOtherTabs } from '../api/flow-news.ts'
import { useSession } from '../api/session-state.ts'
import { createFlow, readFlow, saveFlow } from '../api/flows-api.ts'
import { parseDocument } from '../document/parse-document.ts'
import { documentCommands, selectIsDirty, useDocument } from '../document/document-store.ts'
import { createSaver, type SaveStatus, type ServerVersion } from './create-saver.ts'
import { createDrafts } from './drafts.ts'
import { toast } from '../ui/toast.ts'

/** The drafts of this browser. */
export const drafts = createDrafts({
  store: localStorage,
  tab: crypto.randomUUID(),
  now: Date.now,
})

/** Saves the open document. */
export const saver = createSaver({
  read: useDocument.getState,
  subscribe: useDocument.subscribe,
  markSaved: (flow, revision) => documentCommands.markSaved(flow, revision),
  takeOver: ({ flow, revision }) => {
    documentCommands.edit('Take over what was saved elsewhere', () => flow)
    documentCommands.markSaved(flow, revision)
  },
  load: loadFlow,
  parse: parseDocument,
  store: async (flow, revision) =>
    revision === undefined ? (await createFlow(flow)).revision : saveFlow(flow, revision),
  drafts,
})

/** A flow as the server has it. Throws when this editor cannot show it. */
export async function loadFlow(flowId: string, signal?: AbortSignal): Promise<ServerVersion> {
  const { document, revision } = await readFlow(flowId, signal)
  const read = readChecked(document)
  if (read.status === 'flow') return { flow: read.flow, revision }
  throw new Error('The other version cannot be shown by this editor. Keep yours as a copy.')
}

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
 * goes along with other tabs, and asks before the window closes on unsaved work.
 */
export function useSaving(): void {
  useEffect(() => {
    const leave = saver.follow()
    const forget = useConnectivity.subscribe((now, before) => {
      if (now.isOnline && !before.isOnline) void saver.save()
    })
    const forgetSession = useSession.subscribe((now, before) => {
      if (before.isSignedOut && !now.isSignedOut) void saver.save()
    })
    const hearNoMore = hearOtherTabs((news) => void saver.hear(news))
    function guard(event: BeforeUnloadEvent): void {
      if (!selectIsDirty(useDocument.getState())) return
      saver.keepDraft()
      event.preventDefault()
    }
    function look(): void {
      if (document.visibilityState === 'visible') void saver.look()
      else saver.keepDraft()
    }
    window.addEventListener('beforeunload', guard)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('beforeunload', guard)
      document.removeEventListener('visibilitychange', look)
      hearNoMore()
      forget()
      forgetSession()
      leave()
    }
  }, [])
}
