import { isRecord, parseFlow, type Flow } from '@millrace/flow'

/** What of a flow is not on the server yet. */
export interface Draft {
  readonly flow: Flow
  /** The revision that it was made from. */
  readonly revision: string | undefined
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Keeps unsaved work in this browser, one draft for each flow, until the server has it. */
export interface Drafts {
  /** The draft of a flow, if one is left from before. One that cannot be read counts as none. */
  read(flowId: string): Draft | undefined
  write(draft: Draft): void
  discard(flowId: string): void
}

/** Drafts in a browser's storage; a full or forbidden storage keeps none, which is no reason to fail. */
export function createDrafts(store: Store): Drafts {
  return {
    read(flowId) {
      try {
        return readDraft(JSON.parse(store.getItem(key(flowId)) ?? 'null'))
      } catch {
        return undefined
      }
    },
    write({ flow, revision }) {
      try {
        store.setItem(key(flow.id), JSON.stringify({ flow, revision }))
      } catch {
        // The page's own state still has it, and leaving the page asks first.
      }
    },
    discard: (flowId) => store.removeItem(key(flowId)),
  }
}

function key(flowId: string): string {
  return `millrace.draft.${flowId}`
}

function readDraft(stored: unknown): Draft | undefined {
  if (!isRecord(stored)) return undefined
  const parsed = parseFlow(stored['flow'])
  const revision = stored['revision']
  if (parsed.status !== 'flow') return undefined
  return { flow: parsed.flow, revision: typeof revision === 'string' ? revision : undefined }
}
