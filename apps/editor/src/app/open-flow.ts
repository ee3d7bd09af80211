import { readChecked, type Flow, type JsonObject } from '@millrace/flow'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readFlow, type StoredFlow } from '../api/flows-api.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { canBeRead, loadExpressions } from '../expressions/expressions-on-demand.ts'
import { loadPatterns } from '../patterns/re2js-on-demand.ts'
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
  return { status: 'open', isDraft: restoreDraft(draft, stored.revision) }
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
