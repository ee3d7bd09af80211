import { checkFlow, emptyFlow, migrateNodes, type Flow, type Problem } from '@millrace/flow'
import { create } from 'zustand'
import { onExpressionsLoaded } from '../expressions/expressions-on-demand.ts'
import { onPatternsLoaded } from '../patterns/re2js-on-demand.ts'
import { registry } from '../registry.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { changedItems, type ChangedItems } from './changed-items.ts'
import { emptyHistory, record, redo, undo, type History, type Snapshot } from './history.ts'

/** The open document with its history. Everything that is saved, and nothing else. */
export interface DocumentState {
  readonly flow: Flow
  /** The revision that `savedFlow` is; `undefined` for a flow that was never saved. */
  readonly revision: string | undefined
  readonly savedFlow: Flow
  /** What `checkFlow` finds. While somebody types, it follows when the typing rests. */
  readonly problems: readonly Problem[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly history: History
  /** What the last undo or redo changed; a new object each time. */
  readonly restored: ChangedItems | undefined
  /** Counts the documents that were opened: a change means that another one is on the canvas. */
  readonly opening: number
}

/** The connections that the server has, by id. */
export type KnownConnections = ReadonlyMap<string, { readonly kind: string }>

/** Milliseconds without a keystroke after which a document that is typed into is checked again. */
const restsAfter = 150

const blank = emptyFlow('untitled', 'Untitled flow')

/** The document store, read through selectors. */
export const useDocument = create<DocumentState>()(() => ({
  flow: blank,
  revision: undefined,
  savedFlow: blank,
  problems: [],
  canUndo: false,
  canRedo: false,
  history: emptyHistory,
  restored: undefined,
  opening: 0,
}))

const { setState, getState } = useDocument

let connections: KnownConnections | undefined
let checkTimer: ReturnType<typeof setTimeout> | undefined
/** Whether the document was changed since it was checked. */
let isCheckDue = false

onExpressionsLoaded(check)
onPatternsLoaded(check)

/** Whether the document differs from what is saved. */
export function selectIsDirty(state: DocumentState): boolean {
  return state.flow !== state.savedFlow
}

/** All that changes the document. Every edit of a designer goes through `edit`. */
export const documentCommands = {
  /** Opens a flow as saved under `revision`; history, selection and panels start anew. */
  open(saved: Flow, revision: string | undefined): void {
    const flow = migrateNodes(saved, registry)
    sessionCommands.reset()
    const opening = getState().opening + 1
    put({ flow, revision, savedFlow: flow, restored: undefined, opening }, emptyHistory)
    check()
  },
  /**
   * Applies a pure change and makes it undoable under `label`. Edits with the same `coalesce` key in
   * quick succession (typing into one field) undo as one. A change that returns its flow is no edit.
   */
  edit(
    label: string,
    change: (flow: Flow) => Flow,
    { coalesce }: { readonly coalesce?: string } = {},
  ): void {
    const { flow, history } = getState()
    const changed = change(flow)
    if (changed === flow) return
    put({ flow: changed }, record(history, current(), { label, coalesce, now: Date.now() }))
    if (coalesce === undefined) check()
    else checkWhenItRests()
  },
  /** Takes the last edit back, and selects what was selected before it. */
  undo(): void {
    restore(undo(getState().history, current()))
  },
  redo(): void {
    restore(redo(getState().history, current()))
  },
  /** Notes that `flow`, which need no longer be the open one, is saved as `revision`. */
  markSaved(flow: Flow, revision: string): void {
    setState({ savedFlow: flow, revision })
  },
  /** The problems of the document as it stands, for what must not wait until the typing rests. */
  checkNow(): readonly Problem[] {
    if (isCheckDue) check()
    return getState().problems
  },
  /** Tells which connections exist, so that a missing one is a problem. */
  setConnections(known: KnownConnections | undefined): void {
    connections = known
    check()
  },
}

function current(): Snapshot {
  const { selectedNodeIds, selectedNoteIds } = useSession.getState()
  return { flow: getState().flow, selectedNodeIds, selectedNoteIds }
}

function restore(step: { history: History; snapshot: Snapshot } | undefined): void {
  if (step === undefined) return
  const { flow, selectedNodeIds, selectedNoteIds } = step.snapshot
  const restored = changedItems(getState().flow, flow)
  put({ flow, restored }, step.history)
  sessionCommands.select(
    flow.nodes.flatMap(({ id }) => (selectedNodeIds.has(id) ? [id] : [])),
    [],
    (flow.layout?.notes ?? []).flatMap(({ id }) => (selectedNoteIds.has(id) ? [id] : [])),
  )
  check()
}

function put(changes: Partial<DocumentState>, history: History): void {
  const canUndo = history.past.length > 0
  setState({ ...changes, history, canUndo, canRedo: history.future.length > 0 })
}

function check(): void {
  clearTimeout(checkTimer)
  isCheckDue = false
  const options = connections === undefined ? {} : { connections }
  setState({ problems: checkFlow(getState().flow, registry, options) })
}

function checkWhenItRests(): void {
  clearTimeout(checkTimer)
  isCheckDue = true
  checkTimer = setTimeout(check, restsAfter)
}
