import type { CommandPlace, MenuKind } from '../commands/command.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import type { Point } from './placement.ts'

/** The menu for what it was opened on. */
export interface MenuTarget {
  readonly menu: MenuKind
  readonly place: CommandPlace
}

/** Finds out what a menu was opened on, and selects it: commands are about what is selected. */
export function takeMenuTarget(element: Element, point: Point): MenuTarget {
  const nodeId = element.closest<HTMLElement>('.react-flow__node')?.dataset['id']
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
  const isOneOfMany = selectedNodeIds.size > 1 && selectedNodeIds.has(nodeId)
  if (isOneOfMany && portId === undefined) return { menu: 'nodes', place: {} }
  sessionCommands.select([nodeId])
  return portId === undefined
    ? { menu: 'node', place: {} }
    : { menu: 'port', place: { port: { nodeId, portId } } }
}
