import { parseFlow, type JsonObject, type Problem } from '@millrace/flow'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readFlow, type StoredFlow } from '../api/flows-api.ts'
import { documentCommands } from '../document/document-store.ts'
import { canBeRead, loadExpressions } from '../expressions/expressions-on-demand.ts'
import { loadPatterns } from '../patterns/re2js-on-demand.ts'
import { drafts, saver } from '../saving/saving.ts'

/** What came of opening a flow. */
export type OpenedFlow =
  /** It is in the document store; `isDraft` when unsaved work was brought back with it. */
  | { readonly status: 'open'; readonly isDraft: boolean }
  | { readonly status: 'missing' }
  /** It can be brought back. */
  | { readonly status: 'deleted'; readonly name: string; readonly deletedAt: Date }
  | { readonly status: 'newer'; readonly version: number; readonly document: JsonObject }
  | { readonly status: 'malformed'; readonly problems: readonly Problem[]; readonly text: string }
  | { readonly status: 'failed'; readonly error: ApiError }

/** Opens a flow of the server in the document store, with the draft that this browser may have of it. */
export async function openFlow(flowId: string, signal: AbortSignal): Promise<OpenedFlow> {
  let stored: StoredFlow
  try {
    stored = await readFlow(flowId, signal)
  } catch (thrown) {
    signal.throwIfAborted()
    const error = toApiError(thrown)
    if (error.code !== 'not_found') return { status: 'failed', error }
    return openDeleted(flowId, signal)
  }
  await loadWhatReads(JSON.stringify([stored.document, drafts.read(flowId)?.flow]))
  signal.throwIfAborted()
  const parsed = parseFlow(stored.document)
  switch (parsed.status) {
    case 'newer':
      return parsed
    case 'malformed':
      return { ...parsed, text: JSON.stringify(stored.document, null, 2) }
    case 'flow':
      documentCommands.open(parsed.flow, stored.revision)
      return { status: 'open', isDraft: restoreDraft(flowId, stored.revision) }
  }
}

/** So that no problem is shown for a moment that is none, and every expression is found. */
async function loadWhatReads(json: string): Promise<void> {
  await Promise.all([
    canBeRead(json) ? undefined : loadExpressions(),
    json.includes('matches') ? loadPatterns() : undefined,
  ])
}

async function openDeleted(flowId: string, signal: AbortSignal): Promise<OpenedFlow> {
  const draft = drafts.read(flowId)
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

function restoreDraft(flowId: string, revision: string): boolean {
  const draft = drafts.read(flowId)
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
