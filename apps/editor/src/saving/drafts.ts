import { isRecord, type Flow } from '@millrace/flow'
import { parseDocument } from '../document/parse-document.ts'

/** What of a flow is not on the server yet. */
export interface Draft {
  readonly flow: Flow
  /** The revision that it was made from. */
  readonly revision: string | undefined
  /** What was sent from that revision and never answered: the server may have it all the same. */
  readonly sent: Flow | undefined
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Keeps unsaved work in this browser, one draft for each flow, until the server has it. */
export interface Drafts {
  /**
   * The draft of a flow, if one is left from before. One that is no draft counts as none; rejects when
   * what reads it cannot be fetched.
   */
  read(flowId: string): Promise<Draft | undefined>
  write(draft: Draft): void
  /** Forgets the draft of a flow, unless another tab that is still open wrote it. */
  discard(flowId: string): void
  /** Forgets the draft of a flow, whoever wrote it: the server has what it holds. */
  drop(flowId: string): void
}

export interface DraftsOptions {
  readonly store: Store
  /** Names this tab. */
  readonly tab: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** So many flows are kept at most, and none for longer. */
const maxDrafts = 20
const maxAgeMs = 30 * 86_400_000

/** Drafts in a browser's storage; a full or forbidden storage keeps none, which is no reason to fail. */
export function createDrafts({ store, tab, now }: DraftsOptions): Drafts {
  /** Makes room: the oldest go first, as many as are too many, too old, or `more`. */
  function clean(more: number): void {
    const kept = keysOf(store)
      .map((one) => ({ key: one, writtenAt: originOf(store.getItem(one)).writtenAt }))
      .toSorted((left, right) => right.writtenAt - left.writtenAt)
    for (const [index, one] of kept.entries()) {
      const isTooMany = index >= maxDrafts || index >= kept.length - more
      if (isTooMany || now() - one.writtenAt > maxAgeMs) store.removeItem(one.key)
    }
  }

  function put(draft: Draft): void {
    const text = JSON.stringify({ ...draft, tab, writtenAt: now() })
    try {
      store.setItem(key(draft.flow.id), text)
    } catch {
      // Unsaved work of today goes before that of other days.
      clean(maxDrafts / 4)
      store.setItem(key(draft.flow.id), text)
    }
  }

  return {
    read: (flowId) => readDraft(storedIn(store, key(flowId))),
    write(draft) {
      try {
        const isFirst = store.getItem(key(draft.flow.id)) === null
        put(draft)
        if (isFirst) clean(0)
      } catch {
        // The page's own state still has it, and leaving the page asks first.
      }
    },
    discard(flowId) {
      if (originOf(store.getItem(key(flowId))).tab === tab) store.removeItem(key(flowId))
    },
    drop: (flowId) => store.removeItem(key(flowId)),
  }
}

const prefix = 'millrace.draft.'

function key(flowId: string): string {
  return `${prefix}${flowId}`
}

function keysOf(store: Store): readonly string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((one) =>
    one.startsWith(prefix),
  )
}

/** Who wrote a draft, and when; one that cannot be read is nobody's, and the oldest. */
function originOf(text: string | null): { readonly tab: unknown; readonly writtenAt: number } {
  try {
    const stored: unknown = JSON.parse(text ?? 'null')
    if (!isRecord(stored)) return { tab: undefined, writtenAt: 0 }
    return { tab: stored['tab'], writtenAt: Number(stored['writtenAt'] ?? 0) }
  } catch {
    return { tab: undefined, writtenAt: 0 }
  }
}

function storedIn(store: Store, name: string): unknown {
  try {
    return JSON.parse(store.getItem(name) ?? 'null')
  } catch {
    return undefined
  }
}

async function readDraft(stored: unknown): Promise<Draft | undefined> {
  if (!isRecord(stored)) return undefined
  const [flow, sent] = await Promise.all([readFlow(stored['flow']), readFlow(stored['sent'])])
  const revision = stored['revision']
  return flow && { flow, revision: typeof revision === 'string' ? revision : undefined, sent }
}

async function readFlow(stored: unknown): Promise<Flow | undefined> {
  const parsed = stored === undefined ? undefined : await parseDocument(stored)
  return parsed?.status === 'flow' ? parsed.flow : undefined
}
