import { takeOver, type Flow, type Rerun } from '@millrace/flow'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { pinCommands } from '../pins/pin-store.ts'
import { usedPins } from '../pins/pinned-nodes.ts'
import { tellWhatPreventsRun } from '../problems/tell-what-prevents-run.ts'
import { registry } from '../registry.ts'
import { isSameProgram } from '../replay/same-program.ts'
import { runCommands } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { sessionCommands } from '../session/session-store.ts'

/** Which flow runs: as it is now, or as it ran then. */
export type RunFromFlow = 'now' | 'then'

/** A run from a node on, as it would start now. */
export interface PreparedRunFrom {
  readonly runId: string
  readonly input: unknown
  /** The node from which it runs: the one asked for, or the one whose loop that is in. */
  readonly from: string
  /** How many nodes do not run again. */
  readonly kept: number
  readonly rerun: readonly Rerun[]
  /** Whether the flow now is another one than what ran then. */
  readonly hasChanged: boolean
  /** What ran then, when that is to run; else the flow as it is now runs, with what is pinned. */
  readonly document: Flow | undefined
}

/**
 * Works out what a run from a node takes over from a run; `undefined` where it is not known what that
 * ran. Throws `input_invalid` for a node that the start does not lead to.
 */
export function prepareRunFrom(
  { runId, document, log, input }: WatchedRun,
  { nodeId, which }: { readonly nodeId: string; readonly which: RunFromFlow },
): PreparedRunFrom | undefined {
  if (runId === undefined || document === undefined) return undefined
  const { flow: now } = useDocument.getState()
  const flow = which === 'now' ? now : document
  const taken = takeOver({ flow: document, events: log.events }, flow, { registry, from: nodeId })
  const pinned = which === 'now' ? usedPins(now, pinCommands.of(now.id)) : {}
  const rerun = taken.rerun.filter(({ nodeId: id }) => pinned[id] === undefined)
  return {
    runId,
    input,
    from: taken.from,
    kept: Object.keys(taken.pinned).length + taken.rerun.length - rerun.length,
    rerun,
    hasChanged: !isSameProgram(document, now),
    document: which === 'now' ? undefined : document,
  }
}

/**
 * Starts it, up to a node when that is given; the server takes over what was recorded. What keeps
 * the flow from running is told.
 */
export function startRunFrom(
  { runId, from, input, document }: PreparedRunFrom,
  until?: string,
): void {
  const part = { again: { runId, from }, ...(until === undefined ? {} : { until }) }
  if (document !== undefined) runCommands.startOf(document, input, part)
  else if (!runCommands.start(input, part)) {
    tellWhatPreventsRun(documentCommands.checkNow())
    return
  }
  sessionCommands.setChatOpen(true)
}
