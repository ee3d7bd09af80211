import { readChecked, type JsonObject } from '@millrace/flow'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readFlow, type StoredFlow } from '../api/flows-api.ts'
import { documentCommands } from '../document/document-store.ts'
import { canBeRead, loadExpressions } from '../expressions/expressions-on-demand.ts'
import { loadPatterns } from '../patterns/re2js-on-demand.ts'
import type { Draft } from '../saving/drafts.ts'
import { drafts, saver } from '../saving/saving.ts'

/** What came of opening a flow. */
export type OpenedFlow =
  /** It is in the document store; `isDraft` when unsaved work was brought back with it. */
  | { readonly status: 'open'; readonly isDraft: boolean }
  | { readonly status: 'missing' }
  /** It can be brought back. */
  | { readonly status: 'deleted'; readonly name: string; readonly deletedAt: Date }
  | { readonly status: 'newer'; readonly version: number; readonly document: JsonObject }
  | { readonly status: 'failed'; readonly error: ApiError }

/** Opens a flow of the server in the document store, with the draft that this browser may have of it. */
export async function openFlow(flowId: string, signal: AbortSignal): Promise<OpenedFlow> {
  let stored: StoredFlow
  let draft: Draft | undefined
  try {
    stored = await readFlow(flowId, signal)
    draft = await drafts.read(flowId)
  } catch (thrown) {
    signal.throwIfAborted()
    const error = toApiError(thrown)
    if (error.code !== 'not_found') return { status: 'failed', error }
    return openDeleted(flowId, signal)
  }
  await loadWhatReads(JSON.stringify([stored.document, draft?.flow]))
  signal.throwIfAborted()
  const read = readChecked(stored.document)
  if (read.status === 'newer') return read
  documentCommands.open(read.flow, stored.revision)
  return { status: 'open', isDraft: restoreDraft(draft, stored.revision) }
}

/** So that no problem is shown for a moment that is none, and every expression is found. */
async function loadWhatReads(json: string): Promise<void> {
  await Promise.all([
    canBeRead(json) ? undefined : loadExpressions(),
    json.includes('matches') ? loadPatterns() : undefined,
  ])
}

async function openDeleted(flowId: string, signal: AbortSignal): Promise<OpenedFlow> {
  const draft = await drafts.read(flowId)
  if (draft === undefined) {
    const { listDeletedFlows } = await import('../api/flow-list-api.ts')
    const deleted = (await listDeletedFlows(signal)).find(({ id }) => id === flowId)
    return deleted?.deletedAt === undefined
      ? { status: 'missing' }
      : { status: 'deleted', name: deleted.name, deletedAt: deleted.deletedAt }
  }
  await loadWhatReads(JSON.stringify(draft.flow))
  signal.throwIfAborted()
  documentCommands.open(draft.flow, undefined)
  saver.setStatus({ kind: 'deleted' })
  return { status: 'open', isDraft: true }
}

function restoreDraft(draft: Draft | undefined, revision: string): boolean {
  const isBehind = draft !== undefined && draft.revision !== revision
  saver.setStatus(
    isBehind
      ? { kind: 'conflict', basedOn: draft.revision, currentRevision: revision }
      : { kind: 'rested' },
  )
  if (draft === undefined) return false
  documentCommands.edit('Restore unsaved changes', () => draft.flow)
  return true
}
