import type { Edge } from '@millrace/flow'
import type { EdgeChange, NodeChange, NodePositionChange } from '@xyflow/react'
import { clipboardCommands } from '../../clipboard/clipboard-commands.ts'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { sessionCommands, useSession } from '../../session/session-store.ts'
import { canvasCommands } from '../canvas-commands.ts'
import { canvasState, useCanvas } from '../canvas-store.ts'
import { dragTo, startDrag, type Drag } from '../drag.ts'
import { selectedItemIds } from '../note-commands.ts'
import { frameItemIds, itemBoxesOf, noteIdOf, noteItemId, withContents } from '../notes.ts'
import type { Box, Point } from '../placement.ts'
import { execEdgeId } from '../edge-ids.ts'
import { heldKeys } from './held-keys.ts'
import { marquee } from './marquee.ts'
import { spliceTargetOf } from './splice-target.ts'
import type { CanvasEdge } from './to-edges.ts'
import type { CanvasNode } from './to-notes.ts'

/** The part of the canvas that is in view, and how large it is shown. */
export interface InView {
  readonly box: Box
  readonly zoom: number
}

/** How near to a guide an item snaps to it, in pixels of the window. */
const snapWithin = 6

/** The item that was pressed last, and whether it was selected then. */
let pressed: { readonly itemId: string; readonly wasSelected: boolean } | undefined

/** The drag that goes on; one that was given up is over when the pointer lets go. */
let drag: Drag | 'given up' | undefined

/** Takes in that an item is pressed, before React Flow selects it for that. */
export function takePress(itemId: string | undefined): void {
  pressed =
    itemId === undefined ? undefined : { itemId, wasSelected: selectedItemIds().includes(itemId) }
}

/** Takes in what React Flow says of the items: selection goes to the session, places to the document. */
export function takeNodeChanges(
  changes: readonly NodeChange<CanvasNode>[],
  inView: () => InView,
): void {
  takeSelection(changes)
  if (useCanvas.getState().resized !== undefined) return
  const places = changes.filter((change) => change.type === 'position')
  // Cards that come into view while one is dragged tell their sizes: that is no end of the drag.
  if (places.length === 0) return
  if (places.some(({ dragging }) => dragging === true)) dragOn(places, inView)
  else if (drag === 'given up') drag = undefined
  else if (drag !== undefined) dropDragged(drag)
  else nudge(places)
}

/** Puts back what is being dragged; tells whether anything was. */
export function cancelDrag(): boolean {
  if (drag === undefined || drag === 'given up') return false
  drag = 'given up'
  canvasState.showSplice(undefined)
  canvasState.drop()
  return true
}

/** Takes in which edges are selected. */
export function takeEdgeChanges(changes: readonly EdgeChange<CanvasEdge>[]): void {
  const { selectedNodeIds, selectedEdgeIds, selectedNoteIds } = useSession.getState()
  const selected = new Set(selectedEdgeIds)
  for (const change of changes) {
    if (change.type !== 'select') continue
    if (change.selected) selected.add(change.id)
    else selected.delete(change.id)
  }
  sessionCommands.select(selectedNodeIds, selected, selectedNoteIds)
}

function takeSelection(changes: readonly NodeChange<CanvasNode>[]): void {
  const selections = changes.filter((change) => change.type === 'select')
  if (selections.length === 0) return
  const { selectedNodeIds, selectedEdgeIds, selectedNoteIds } = useSession.getState()
  const selected = new Set([...selectedNodeIds, ...[...selectedNoteIds].map(noteItemId)])
  for (const change of selections) {
    if (change.selected && marquee.mayTake(change.id)) selected.add(change.id)
    else selected.delete(change.id)
  }
  for (const id of marquee.kept()) selected.add(id)
  sessionCommands.select(
    [...selected].filter((id) => noteIdOf(id) === undefined),
    selectedEdgeIds,
    [...selected].flatMap((id) => noteIdOf(id) ?? []),
  )
}

function dragOn(places: readonly NodePositionChange[], inView: () => InView): void {
  if (drag === 'given up') return
  const { box, zoom } = inView()
  if (drag === undefined) {
    const { flow } = useDocument.getState()
    drag = startDrag(
      itemBoxesOf(flow, registry, useCanvas.getState().expanded),
      { ids: grabbedOf(places), frameIds: frameItemIds(flow) },
      box,
    )
  }
  const { start } = drag
  const own = places.filter(({ id }) => start.has(id))
  const [first] = own
  if (first?.position === undefined) return
  const within = heldKeys.isAltHeld() ? 0 : snapWithin / zoom
  const step = dragTo(drag, [first.id, [first.position.x, first.position.y]], within)
  canvasState.drag(step.places, step.guides)
  const edge = spliceEdge(start, step.places)
  canvasState.showSplice(edge && execEdgeId(edge))
}

/** What a drag takes along. The Ctrl that copies also adds to the selection, which is not meant here. */
function grabbedOf(places: readonly NodePositionChange[]): readonly string[] {
  const ids = places.map(({ id }) => id)
  if (pressed === undefined || pressed.wasSelected || !heldKeys.isCtrlHeld()) return ids
  return ids.filter((id) => id === pressed?.itemId)
}

/** The edge into which what is dragged goes where it is now; only one item alone can. */
function spliceEdge(
  start: Drag['start'],
  places: Iterable<readonly [id: string, place: Point]>,
): Edge | undefined {
  const [only, ...others] = places
  if (only === undefined || others.length > 0) return undefined
  const [id, [x, y]] = only
  const box = start.get(id)
  return box && spliceTargetOf(id, { ...box, x, y })
}

/** A drag is one edit, made on release. */
function dropDragged({ start }: Drag): void {
  drag = undefined
  canvasState.showSplice(undefined)
  const dragged = canvasState.drop()
  const moved = [...dragged].filter(([id, [x, y]]) => {
    const box = start.get(id)
    return box !== undefined && (box.x !== x || box.y !== y)
  })
  const [first] = moved
  const from = start.get(first?.[0] ?? '')
  if (first === undefined || from === undefined) return
  if (heldKeys.isCtrlHeld()) {
    const [x, y] = first[1]
    clipboardCommands.duplicateBy([...dragged.keys()], [x - from.x, y - from.y])
    return
  }
  const splice = spliceEdge(start, moved)
  if (splice === undefined) canvasCommands.move(new Map(moved))
  else canvasCommands.moveInto(first[0], first[1], splice)
}

/** Steps with the arrow keys join into one edit. */
function nudge(places: readonly NodePositionChange[]): void {
  const { flow } = useDocument.getState()
  const boxes = itemBoxesOf(flow, registry, useCanvas.getState().expanded)
  const [first] = places
  const from = boxes.get(first?.id ?? '')
  if (first?.position === undefined || from === undefined) return
  const ids = places.map(({ id }) => id)
  const by: Point = [first.position.x - from.x, first.position.y - from.y]
  const moved = ids.flatMap((id) => {
    const box = boxes.get(id)
    return box === undefined ? [] : [[id, [box.x + by[0], box.y + by[1]] as const] as const]
  })
  canvasCommands.move(
    withContents(new Map(moved), boxes, frameItemIds(flow)),
    `nudge ${ids.join()}`,
  )
}
