import type { Flow, JsonObject, JsonValue } from '@millrace/flow'
import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { tellOtherTabs } from './flow-news.ts'
import { request } from './request.ts'

/** A document as it is stored: perhaps of a newer version than this editor knows. */
export interface StoredFlow {
  readonly document: JsonObject
  readonly revision: string
}

export async function readFlow(id: string, signal?: AbortSignal): Promise<StoredFlow> {
  const path = `/flows/${encodeURIComponent(id)}`
  const answer = await request(path, signal === undefined ? {} : { signal })
  return stored(answer.body, answer.revision)
}

/** Stores a new flow; an id that is taken is a `conflict`. */
export async function createFlow(document: Flow | JsonValue): Promise<StoredFlow> {
  const answer = await request('/flows', { method: 'POST', body: document })
  return told(stored(answer.body, answer.revision))
}

/** Replaces a flow and gives its new revision; a stale `revision` is a `conflict`. */
export async function saveFlow(document: Flow, revision: string): Promise<string> {
  const answer = await request(`/flows/${encodeURIComponent(document.id)}`, {
    method: 'PUT',
    body: document,
    ifMatch: revision,
  })
  return told(stored(answer.body, answer.revision)).revision
}

/** Stores a copy with its tests under a free id, and gives it. */
export async function duplicateFlow(id: string): Promise<StoredFlow> {
  const answer = await request(`/flows/${encodeURIComponent(id)}/duplicate`, { method: 'POST' })
  return stored(answer.body, answer.revision)
}

/** Deletes a flow; `restoreFlow` brings it back. */
export async function deleteFlow(id: string): Promise<void> {
  await request(`/flows/${encodeURIComponent(id)}`, { method: 'DELETE' })
  tellOtherTabs({ kind: 'deleted', flowId: id })
}

/** Brings a deleted flow back, as it was; an id that is taken meanwhile is a `conflict`. */
export async function restoreFlow(id: string): Promise<StoredFlow> {
  const answer = await request(`/flows/${encodeURIComponent(id)}/restore`, { method: 'POST' })
  return told(stored(answer.body, answer.revision))
}

/** Other tabs that have the flow open go along. */
function told(flow: StoredFlow): StoredFlow {
  const { document, revision } = flow
  if (typeof document['id'] === 'string')
    tellOtherTabs({ kind: 'saved', flowId: document['id'], revision })
  return flow
}

function stored(document: unknown, revision: string | undefined): StoredFlow {
  if (revision === undefined) throw unreadable('revision of the flow')
  if (!isRecord(document)) throw unreadable('flow')
  return { document: document as JsonObject, revision } // it was parsed from JSON
}
