import type { Flow } from '@millrace/flow'

/** Edits of one key that follow each other within this many milliseconds undo as one. */
const coalesceWithin = 800

/** How many edits can be undone. */
const maxEntries = 200

/** A state to go back to: the flow, and what was selected in it. */
export interface Snapshot {
  readonly flow: Flow
  readonly selectedNodeIds: ReadonlySet<string>
  readonly selectedNoteIds: ReadonlySet<string>
}

interface Entry extends Snapshot {
  /** What the edit did, as the undo button says it: "Delete 2 nodes". */
  readonly label: string
}

/** The edits that can be undone and redone, newest first. Flows are immutable, so an entry is two references. */
export interface History {
  readonly past: readonly Entry[]
  readonly future: readonly Entry[]
  /** The key and time of the last edit, when the next one may join it. */
  readonly open: { readonly key: string; readonly at: number } | undefined
}

/** A document that was just opened. */
export const emptyHistory: History = { past: [], future: [], open: undefined }

/** Notes the state before an edit. `coalesce` is the edit's key; without one it stands alone. */
export function record(
  history: History,
  before: Snapshot,
  edit: { readonly label: string; readonly coalesce: string | undefined; readonly now: number },
): History {
  const { label, coalesce, now } = edit
  const joins =
    history.open !== undefined &&
    history.open.key === coalesce &&
    now - history.open.at <= coalesceWithin
  return {
    past: joins ? history.past : [{ ...before, label }, ...history.past].slice(0, maxEntries),
    future: [],
    open: coalesce === undefined ? undefined : { key: coalesce, at: now },
  }
}

/** One step back from `current`; `undefined` when there is none. */
export function undo(
  history: History,
  current: Snapshot,
): { readonly history: History; readonly snapshot: Snapshot } | undefined {
  const [entry, ...past] = history.past
  if (entry === undefined) return undefined
  const future = [{ ...current, label: entry.label }, ...history.future]
  return { history: { past, future, open: undefined }, snapshot: entry }
}

/** One step forward again; `undefined` when there is none. */
export function redo(
  history: History,
  current: Snapshot,
): { readonly history: History; readonly snapshot: Snapshot } | undefined {
  const [entry, ...future] = history.future
  if (entry === undefined) return undefined
  const past = [{ ...current, label: entry.label }, ...history.past]
  return { history: { past, future, open: undefined }, snapshot: entry }
}
