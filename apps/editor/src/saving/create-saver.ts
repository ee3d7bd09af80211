import type { Flow, ParseResult } from '@millrace/flow'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ApiError, toApiError } from '../api/api-error.ts'
import type { FlowNews } from '../api/flow-news.ts'
import { isSameFlow } from '../document/same-flow.ts'
import type { Drafts } from './drafts.ts'

/** How saving stands, beside whether the document differs from what is saved. */
export type SaveStatus =
  | { readonly kind: 'rested' }
  | { readonly kind: 'saving' }
  /** The server does not answer; saving goes on when it does. */
  | { readonly kind: 'offline' }
  | SaveConflict
  /** The flow is no longer on the server. */
  | { readonly kind: 'deleted' }
  /** The server, or the check before it, refused the document. */
  | { readonly kind: 'refused'; readonly error: ApiError }

/** Somebody saved another version since this one was opened; a designer must choose. */
export interface SaveConflict {
  readonly kind: 'conflict'
  /** What the document here was made from. */
  readonly basedOn: string | undefined
  readonly currentRevision: string | undefined
}

interface SavedDocument {
  readonly flow: Flow
  readonly savedFlow: Flow
  readonly revision: string | undefined
}

/** A flow as the server has it. */
export interface ServerVersion {
  readonly flow: Flow
  readonly revision: string
}

export interface SaverOptions {
  readonly read: () => SavedDocument
  readonly subscribe: (listener: () => void) => () => void
  readonly markSaved: (flow: Flow, revision: string) => void
  /** Puts what somebody else saved in the place of the open document, which has nothing unsaved. */
  readonly takeOver: (version: ServerVersion) => void
  /** What the server has; throws `not_found` when it has none. */
  readonly load: (flowId: string) => Promise<ServerVersion>
  /** Tells whether a flow is well formed; rejects where that cannot be known now. */
  readonly parse: (flow: Flow) => Promise<ParseResult>
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
  /** Takes notice of what another tab did with the flow: clean, this one goes along. */
  hear(news: FlowNews): Promise<void>
  /** Asks the server whether somebody else changed the flow, as when the tab comes to the front. */
  look(): Promise<void>
  /** Says where saving stands, as when a draft turns out to be behind the server. */
  setStatus(status: SaveStatus): void
  /** Writes the draft now, as when the page goes away. */
  keepDraft(): void
}

/** Milliseconds without an edit after which the document is saved. */
const restsAfter = 1000
/** Milliseconds after an edit until the draft holds it. */
const draftAfter = 250
/** Milliseconds after which a save that met no server is tried again; each time twice as long. */
const retriesAfter = { first: 2000, last: 60_000 } as const

/** Saves the open document: a second after the last edit, on demand, and when the server is back. */
export function createSaver(options: SaverOptions): Saver {
  const status = createStore<SaveStatus>()(() => ({ kind: 'rested' }))
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  let draftTimer: ReturnType<typeof setTimeout> | undefined
  let retryMs: number = retriesAfter.first
  let underWay: Promise<boolean> | undefined
  /** What the server is being asked to store. */
  let sending: Flow | undefined
  /** What was sent and never answered: the server may have it all the same. */
  let unanswered: Flow | undefined
  /** What the server answered last. */
  let lastSaved: ServerVersion | undefined
  /** What was unsaved when the designer left; another flow may be open by now. */
  let left: SavedDocument | undefined

  function setStatus(next: SaveStatus): void {
    status.setState(next, true)
  }

  /** Whether the open flow is this one, perhaps in a later state. */
  function isOpen(flow: Flow): boolean {
    return options.read().flow.id === flow.id
  }

  function isDirty(): boolean {
    const { flow, savedFlow } = options.read()
    return flow !== savedFlow
  }

  /** Whether a designer is asked which version stays; until the answer nothing is saved. */
  function isAsking(): boolean {
    const { kind } = status.getState()
    return kind === 'conflict' || kind === 'deleted'
  }

  function keepDraft(): void {
    clearTimeout(draftTimer)
    draftTimer = undefined
    const { flow, savedFlow, revision } = options.read()
    if (flow === savedFlow) options.drafts.discard(flow.id)
    else options.drafts.write({ flow, revision, sent: sentOf(flow.id) })
  }

  /** What the server may have of a flow without having said so. */
  function sentOf(flowId: string): Flow | undefined {
    return [sending, unanswered].find((one) => one?.id === flowId)
  }

  function schedule(ms = restsAfter): void {
    draftTimer ??= setTimeout(keepDraft, draftAfter)
    clearTimeout(saveTimer)
    if (isDirty() && !isAsking()) saveTimer = setTimeout(() => void save(), ms)
  }

  async function save(): Promise<boolean> {
    clearTimeout(saveTimer)
    // One save at a time: the next starts from the revision that this one gives.
    while (underWay !== undefined) await underWay
    if (!isDirty()) return true
    const { flow, revision } = options.read()
    return start(flow, revision)
  }

  /** Saves what a designer left behind, though another flow be open when its turn comes. */
  async function saveLeft(behind: SavedDocument): Promise<void> {
    left = behind
    while (underWay !== undefined) await underWay
    const { flow, revision } = behind
    if (isOpen(flow)) await save()
    else if (lastSaved?.flow.id !== flow.id) await start(flow, revision)
    else if (lastSaved.flow !== flow) await start(flow, lastSaved.revision)
    if (left === behind) left = undefined
  }

  async function start(flow: Flow, revision: string | undefined): Promise<boolean> {
    underWay = attempt(flow, revision)
    try {
      return await underWay
    } finally {
      underWay = undefined
    }
  }

  async function attempt(flow: Flow, revision: string | undefined): Promise<boolean> {
    // What cannot be checked here the server refuses.
    const refusal = await options.parse(flow).then(whyNotSavable, () => undefined)
    if (refusal !== undefined) {
      if (isOpen(flow)) setStatus({ kind: 'refused', error: refusal })
      return false
    }
    if (isOpen(flow)) setStatus({ kind: 'saving' })
    try {
      return finish(flow, await send(flow, revision))
    } catch (thrown) {
      return fail(toApiError(thrown), { flow, revision })
    }
  }

  async function send(flow: Flow, revision: string | undefined): Promise<string> {
    sending = flow
    try {
      return await options.store(flow, revision)
    } finally {
      sending = undefined
    }
  }

  /** The server has this flow; it need no longer be the open one. */
  function finish(flow: Flow, revision: string): boolean {
    unanswered = undefined
    retryMs = retriesAfter.first
    lastSaved = { flow, revision }
    if (!isOpen(flow)) {
      forgetLeft(flow, revision)
      return true
    }
    options.markSaved(flow, revision)
    keepDraft()
    setStatus({ kind: 'rested' })
    if (isDirty()) schedule()
    return !isDirty()
  }

  /** The draft of a flow that is no longer open goes, unless it holds what was typed later. */
  function forgetLeft(flow: Flow, revision: string): void {
    if (left?.flow.id !== flow.id || left.flow === flow) options.drafts.discard(flow.id)
    else options.drafts.write({ flow: left.flow, revision, sent: undefined })
  }

  async function fail(
    error: ApiError,
    sent: { readonly flow: Flow; readonly revision: string | undefined },
  ): Promise<boolean> {
    if (error.code === 'offline') unanswered = sent.flow
    if (isOpen(sent.flow)) keepDraft()
    if (error.code === 'conflict') {
      const ours = await findOurs(sent.flow)
      if (ours !== undefined) return finish(ours.flow, ours.revision)
    }
    // Its draft was written when it was left, and tells when it is opened again.
    if (!isOpen(sent.flow)) return false
    const next = statusAfter(error, sent.revision)
    setStatus(next)
    if (next.kind === 'offline') {
      schedule(retryMs)
      retryMs = Math.min(2 * retryMs, retriesAfter.last)
    }
    return false
  }

  /** What the server has, when that was sent from here: its answer was lost, or the line sent it twice. */
  async function findOurs(sent: Flow): Promise<ServerVersion | undefined> {
    try {
      const { flow, revision } = await options.load(sent.id)
      const ours = [sent, unanswered].find((one) => one !== undefined && isSameFlow(one, flow))
      return ours && { flow: ours, revision }
    } catch {
      // The conflict stands, and is told.
      return undefined
    }
  }

  async function hear(news: FlowNews): Promise<void> {
    // What this tab is saving is decided by the answer to it.
    while (underWay !== undefined) await underWay
    const { flow, revision } = options.read()
    if (news.flowId !== flow.id) return
    if (news.kind === 'deleted') {
      clearTimeout(saveTimer)
      setStatus({ kind: 'deleted' })
    } else if (news.revision === revision) {
      if (status.getState().kind === 'deleted') setStatus({ kind: 'rested' })
      schedule()
    } else if (Number(news.revision) > Number(revision ?? 0)) {
      await goAlong(news.revision)
    }
  }

  /** Takes a newer version over, or asks when something here is not saved. */
  async function goAlong(currentRevision: string): Promise<void> {
    if (isDirty()) return askWhichStays(currentRevision)
    const { flow } = options.read()
    const there = await options.load(flow.id)
    if (!isOpen(flow) || underWay !== undefined) return undefined
    // Somebody may have typed meanwhile.
    if (isDirty()) return askWhichStays(there.revision)
    options.takeOver(there)
    return setStatus({ kind: 'rested' })
  }

  function askWhichStays(currentRevision: string): void {
    clearTimeout(saveTimer)
    setStatus({ kind: 'conflict', basedOn: options.read().revision, currentRevision })
  }

  return {
    status,
    setStatus,
    keepDraft,
    save,
    hear: (news) => hear(news).catch(ignore),
    async look() {
      const { flow, revision } = options.read()
      if (revision === undefined || status.getState().kind !== 'rested') return
      try {
        const there = await options.load(flow.id)
        await hear({ kind: 'saved', flowId: flow.id, revision: there.revision })
      } catch (thrown) {
        if (toApiError(thrown).code === 'not_found') {
          await hear({ kind: 'deleted', flowId: flow.id })
        }
      }
    },
    async saveOver(revision) {
      const { savedFlow, flow } = options.read()
      // An open document that equals what was saved is still to replace the other version.
      if (flow === savedFlow || revision === undefined) return start(flow, revision)
      options.markSaved(savedFlow, revision)
      return save()
    },
    follow() {
      let { flow } = options.read()
      // A draft was brought back.
      if (isDirty()) schedule()
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
        if (isDirty() && !isAsking()) void saveLeft(options.read())
      }
    },
  }
}

/** What another tab did is learned once more when this one saves. */
function ignore(): void {}

function whyNotSavable(parsed: ParseResult): ApiError | undefined {
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

function statusAfter(error: ApiError, basedOn: string | undefined): SaveStatus {
  switch (error.code) {
    case 'offline':
    case 'draining':
    case 'database_unavailable':
      return { kind: 'offline' }
    case 'conflict': {
      const revision = error.details['currentRevision']
      return {
        kind: 'conflict',
        basedOn,
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
