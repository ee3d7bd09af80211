import type { CommandPlace, MenuKind } from '../commands/command.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { noteIdOf } from './notes.ts'
import type { Point } from './placement.ts'

/** The menu for what it was opened on. */
export interface MenuTarget {
  readonly menu: MenuKind
  readonly place: CommandPlace
}

/** Finds out what a menu was opened on, and selects it: commands are about what is selected. */
export function takeMenuTarget(element: Element, point: Point): MenuTarget {
  const nodeId = element.closest<HTMLElement>('.react-flow__node')?.dataset['id']
  const noteId = noteIdOf(nodeId ?? '')
  if (noteId !== undefined) return noteTarget(noteId)
  if (nodeId !== undefined) {
    const portId = element.closest<HTMLElement>('[data-port]')?.dataset['port']
    return nodeTarget(nodeId, portId)
  }
  const edgeId =
    element.closest<SVGElement>('.react-flow__edge')?.dataset['id'] ??
    element.closest<HTMLElement>('[data-edge-id]')?.dataset['edgeId']
  if (edgeId === undefined) return { menu: 'canvas', place: { point } }
  sessionCommands.select([], [edgeId])
  return { menu: 'edge', place: {} }
}

function nodeTarget(nodeId: string, portId: string | undefined): MenuTarget {
  const { selectedNodeIds } = useSession.getState()
  const isOneOfMany = countSelected() > 1 && selectedNodeIds.has(nodeId)
  if (isOneOfMany && portId === undefined) return { menu: 'nodes', place: {} }
  sessionCommands.select([nodeId])
  return portId === undefined
    ? { menu: 'node', place: {} }
    : { menu: 'port', place: { port: { nodeId, portId } } }
}

function noteTarget(noteId: string): MenuTarget {
  const isOneOfMany = countSelected() > 1 && useSession.getState().selectedNoteIds.has(noteId)
  if (isOneOfMany) return { menu: 'nodes', place: {} }
  sessionCommands.select([], [], [noteId])
  return { menu: 'note', place: {} }
}

function countSelected(): number {
  const { selectedNodeIds, selectedNoteIds } = useSession.getState()
  return selectedNodeIds.size + selectedNoteIds.size
}
