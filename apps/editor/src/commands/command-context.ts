import { currentViewport } from '../canvas/current-viewport.ts'
import { useDocument } from '../document/document-store.ts'
import { selectIsGone, selectRanFlow, useOpenedRun } from '../replay/opened-run.ts'
import { useSession } from '../session/session-store.ts'
import type { CommandContext, CommandPlace } from './command.ts'

/** The designer as it is now, for a command that is shown or run. */
export function commandContext(place: CommandPlace = {}): CommandContext {
  return {
    ...place,
    document: useDocument.getState(),
    session: useSession.getState(),
    ranFlow: selectRanFlow(useOpenedRun.getState()),
    isGone: selectIsGone(useOpenedRun.getState()),
    viewport: currentViewport(),
  }
}

/** The node that alone is selected. */
export function onlyNodeOf({ session }: CommandContext): string | undefined {
  const [nodeId, ...others] = session.selectedNodeIds
  return others.length === 0 ? nodeId : undefined
}

/** The note that alone is selected, with no node. */
export function onlyNoteOf({ session }: CommandContext): string | undefined {
  const [noteId, ...others] = session.selectedNoteIds
  return others.length + session.selectedNodeIds.size === 0 ? noteId : undefined
}

/** How many nodes and notes are selected. */
export function countSelected({ session }: CommandContext): number {
  return session.selectedNodeIds.size + session.selectedNoteIds.size
}

/** Why a command that is about what stands on the canvas cannot be done. */
export function whyNotItems(context: CommandContext): string | undefined {
  return countSelected(context) === 0 ? 'Select a node or a note first.' : undefined
}

/** Why a command that is about one node cannot be done. */
export function whyNotOneNode(context: CommandContext): string | undefined {
  return onlyNodeOf(context) === undefined ? 'Select one node first.' : undefined
}

/** Why a command that is about nodes cannot be done. */
export function whyNotNodes({ session }: CommandContext): string | undefined {
  return session.selectedNodeIds.size === 0 ? 'Select a node first.' : undefined
}
