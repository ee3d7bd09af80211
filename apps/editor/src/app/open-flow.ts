import { readChecked, type Flow, type JsonObject } from '@millrace/flow'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readFlow, type StoredFlow } from '../api/flows-api.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { isSameFlow } from '../document/same-flow.ts'
import { canBeRead, loadExpressions } from '../expressions/expressions-on-demand.ts'
import { loadPatterns } from '../patterns/re2js-on-demand.ts'
import type { ServerVersion } from '../saving/create-saver.ts'
import type { Draft } from '../saving/drafts.ts'
import { readRanFlow } from '../replay/read-ran-flow.ts'
import { drafts, saver } from '../saving/saving.ts'

/** A flow that the server has not. */
export type GoneFlow =
  | { readonly status: 'missing' }
  /** It can be brought back. */
  | { readonly status: 'deleted'; readonly name: string; readonly deletedAt: Date }

/** What came of opening a flow. */
export type OpenedFlow =
  /** It is in the document store; `isDraft` when unsaved work was brought back with it. */
  | { readonly status: 'open'; readonly isDraft: boolean }
  | GoneFlow
  /** What a run of it ran is in the document store, to be looked at. */
  | { readonly status: 'ran'; readonly gone: GoneFlow; readonly ran: Flow }
  | { readonly status: 'newer'; readonly version: number; readonly document: JsonObject }
  | { readonly status: 'failed'; readonly error: ApiError }

export interface FlowToOpen {
  readonly flowId: string
  /** A run of it, which is opened on what it ran where the flow is gone. */
  readonly runId: string | undefined
}

/** Opens a flow of the server in the document store, with the draft that this browser may have of it. */
export async function openFlow(
  { flowId, runId }: FlowToOpen,
  signal: AbortSignal,
): Promise<OpenedFlow> {
  let stored: StoredFlow
  let draft: Draft | undefined
  try {
    stored = await readFlow(flowId, signal)
    draft = await drafts.read(flowId)
  } catch (thrown) {
    signal.throwIfAborted()
    const error = toApiError(thrown)
    if (error.code !== 'not_found') return { status: 'failed', error }
    return openGone({ flowId, runId }, signal)
  }
  await loadWhatReads(JSON.stringify([stored.document, draft?.flow]))
  signal.throwIfAborted()
  const read = readChecked(stored.document)
  if (read.status === 'newer') return read
  documentCommands.open(read.flow, stored.revision)
  return {
    status: 'open',
    isDraft: restoreDraft(draft, { flow: read.flow, revision: stored.revision }),
  }
}

/** So that no problem is shown for a moment that is none, and every expression is found. */
async function loadWhatReads(json: string): Promise<void> {
  await Promise.all([
    canBeRead(json) ? undefined : loadExpressions(),
    json.includes('matches') ? loadPatterns() : undefined,
  ])
}

/** A draft is opened to be saved again; without one, what the named run ran is there to be looked at. */
async function openGone({ flowId, runId }: FlowToOpen, signal: AbortSignal): Promise<OpenedFlow> {
  const draft = await drafts.read(flowId)
  if (draft !== undefined) {
    await loadWhatReads(JSON.stringify(draft.flow))
    signal.throwIfAborted()
    documentCommands.open(draft.flow, undefined)
    saver.setStatus({ kind: 'deleted' })
    return { status: 'open', isDraft: true }
  }
  const gone = await findGone(flowId, signal)
  const ran = runId === undefined ? undefined : await readRanFlow(runId, signal)
  if (ran?.id !== flowId) return gone
  await loadWhatReads(JSON.stringify(ran))
  signal.throwIfAborted()
  documentCommands.open(ran, undefined)
  return { status: 'ran', gone, ran: useDocument.getState().flow }
}

async function findGone(flowId: string, signal: AbortSignal): Promise<GoneFlow> {
  const { listDeletedFlows } = await import('../api/flow-list-api.ts')
  const deleted = (await listDeletedFlows(signal)).find(({ id }) => id === flowId)
  return deleted?.deletedAt === undefined
    ? { status: 'missing' }
    : { status: 'deleted', name: deleted.name, deletedAt: deleted.deletedAt }
}

/**
 * Brings unsaved work back over what the server has, and asks where that is no longer what the work was
 * made from. Tells whether there was any.
 */
function restoreDraft(draft: Draft | undefined, stored: ServerVersion): boolean {
  saver.setStatus({ kind: 'rested' })
  if (draft === undefined) return false
  const { flow, revision } = stored
  if (isSameFlow(draft.flow, flow)) {
    // It was saved, and the page went before it heard of that.
    drafts.drop(flow.id)
    return false
  }
  const { sent } = draft
  const isOurs = draft.revision === revision || (sent !== undefined && isSameFlow(sent, flow))
  if (!isOurs) {
    saver.setStatus({ kind: 'conflict', basedOn: draft.revision, currentRevision: revision })
  }
  documentCommands.edit('Restore unsaved changes', () => draft.flow)
  return true
}
