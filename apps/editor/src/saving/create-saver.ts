import { parseFlow, type Flow } from '@millrace/flow'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ApiError, toApiError } from '../api/api-error.ts'
import type { Drafts } from './drafts.ts'

/** How saving stands, beside whether the document differs from what is saved. */
export type SaveStatus =
  | { readonly kind: 'rested' }
  | { readonly kind: 'saving' }
  /** The server does not answer; saving goes on when it does. */
  | { readonly kind: 'offline' }
  /** Somebody saved another version since this one was opened; a designer must choose. */
  | { readonly kind: 'conflict'; readonly currentRevision: string | undefined }
  /** The flow is no longer on the server. */
  | { readonly kind: 'deleted' }
  /** The server, or the check before it, refused the document. */
  | { readonly kind: 'refused'; readonly error: ApiError }

interface SavedDocument {
  readonly flow: Flow
  readonly savedFlow: Flow
  readonly revision: string | undefined
}

export interface SaverOptions {
  readonly read: () => SavedDocument
  readonly subscribe: (listener: () => void) => () => void
  readonly markSaved: (flow: Flow, revision: string) => void
  /** Stores the flow and gives its revision; `undefined` as revision stores a new one. */
  readonly store: (flow: Flow, revision: string | undefined) => Promise<string>
  readonly drafts: Drafts
}

export interface Saver {
  readonly status: StoreApi<SaveStatus>
  /** Follows the document until the returned function is called, which saves what is left. */
  follow(): () => void
  /** Saves now; answers whether everything is on the server. */
  save(): Promise<boolean>
  /** Goes on from another revision, as when a designer chose to overwrite it. */
  saveOver(revision: string | undefined): Promise<boolean>
  /** Says where saving stands, as when a draft turns out to be behind the server. */
  setStatus(status: SaveStatus): void
  /** Writes the draft now, as when the page goes away. */
  keepDraft(): void
}

/** Milliseconds without an edit after which the document is saved. */
const restsAfter = 1000
/** Milliseconds after an edit until the draft holds it. */
const draftAfter = 250

/** Saves the open document: a second after the last edit, on demand, and when the server is back. */
export function createSaver(options: SaverOptions): Saver {
  const status = createStore<SaveStatus>()(() => ({ kind: 'rested' }))
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  let draftTimer: ReturnType<typeof setTimeout> | undefined
  let underWay: Promise<boolean> | undefined

  function setStatus(next: SaveStatus): void {
    status.setState(next, true)
  }

  function isDirty(): boolean {
    const { flow, savedFlow } = options.read()
    return flow !== savedFlow
  }

  function keepDraft(): void {
    clearTimeout(draftTimer)
    draftTimer = undefined
    const { flow, savedFlow, revision } = options.read()
    if (flow === savedFlow) options.drafts.discard(flow.id)
    else options.drafts.write({ flow, revision })
  }

  function schedule(): void {
    draftTimer ??= setTimeout(keepDraft, draftAfter)
    clearTimeout(saveTimer)
    const { kind } = status.getState()
    // A question that a designer must answer comes first.
    if (kind === 'conflict' || kind === 'deleted') return
    if (isDirty()) saveTimer = setTimeout(() => void save(), restsAfter)
  }

  async function save(): Promise<boolean> {
    clearTimeout(saveTimer)
    // One save at a time: the next starts from the revision that this one gives.
    if (underWay !== undefined) await underWay
    if (!isDirty()) return true
    const { flow, revision } = options.read()
    underWay = attempt(flow, revision)
    try {
      return await underWay
    } finally {
      underWay = undefined
    }
  }

  async function attempt(flow: Flow, revision: string | undefined): Promise<boolean> {
    const refusal = whyNotSavable(flow)
    if (refusal !== undefined) {
      setStatus({ kind: 'refused', error: refusal })
      return false
    }
    setStatus({ kind: 'saving' })
    try {
      const stored = await options.store(flow, revision)
      if (options.read().flow.id !== flow.id) {
        // Another flow was opened meanwhile; this one is safe.
        options.drafts.discard(flow.id)
      } else {
        options.markSaved(flow, stored)
        keepDraft()
      }
      setStatus({ kind: 'rested' })
      if (isDirty()) schedule()
      return !isDirty()
    } catch (thrown) {
      keepDraft()
      setStatus(statusAfter(toApiError(thrown)))
      return false
    }
  }

  return {
    status,
    setStatus,
    keepDraft,
    save,
    async saveOver(revision) {
      const { savedFlow, flow } = options.read()
      // An open document that equals what was saved is still to replace the other version.
      if (flow === savedFlow) return attempt(flow, revision)
      if (revision !== undefined) options.markSaved(savedFlow, revision)
      return revision === undefined ? attempt(flow, undefined) : save()
    },
    follow() {
      let { flow } = options.read()
      const unsubscribe = options.subscribe(() => {
        const next = options.read()
        if (next.flow === flow) return
        // Another document was opened: nothing of it is to be saved.
        const isEdit = next.flow.id === flow.id
        flow = next.flow
        if (isEdit) schedule()
      })
      return () => {
        unsubscribe()
        clearTimeout(saveTimer)
        keepDraft()
        const { kind } = status.getState()
        if (kind !== 'conflict' && kind !== 'deleted') void save()
      }
    },
  }
}

function whyNotSavable(flow: Flow): ApiError | undefined {
  const parsed = parseFlow(flow)
  if (parsed.status === 'flow') return undefined
  const problems = parsed.status === 'malformed' ? parsed.problems : []
  const reasons = problems.slice(0, 3).map(({ message }) => message)
  return new ApiError(
    'bad_request',
    `The flow cannot be saved as it stands. ${reasons.join(' ')}`,
    {
      details: { problems },
    },
  )
}

function statusAfter(error: ApiError): SaveStatus {
  switch (error.code) {
    case 'offline':
    case 'draining':
    case 'database_unavailable':
      return { kind: 'offline' }
    case 'conflict': {
      const revision = error.details['currentRevision']
      return {
        kind: 'conflict',
        currentRevision:
          typeof revision === 'string' || typeof revision === 'number'
            ? String(revision)
            : undefined,
      }
    }
    case 'not_found':
      return { kind: 'deleted' }
    default:
      return { kind: 'refused', error }
  }
}
