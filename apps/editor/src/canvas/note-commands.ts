import { addNote, changeNote, type Flow, type NoteColour } from '@millrace/flow'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { canvasState } from './canvas-store.ts'
import { currentViewport } from './current-viewport.ts'
import {
  frameAround,
  isFrame,
  itemBoxesOf,
  itemsIn,
  noteBoxOf,
  noteItemId,
  noteSize,
  placeForNote,
  smallestNote,
} from './notes.ts'
import type { Box, Point } from './placement.ts'

/** What a designer can do with notes and frames; each is one step of the undo history. */
export const noteCommands = {
  /** Adds an empty note around `centre`, where it covers nothing, and puts the caret into it. */
  add(centre: Point): void {
    const [x, y] = placeForNote(useDocument.getState().flow, registry, centre)
    put('Add note', (flow) => addNote(flow, { text: '', position: [x, y], size: sizeOf(noteSize) }))
    currentViewport()?.reveal({ x, y, ...noteSize })
  },

  /** Puts a frame behind what is selected and asks for its title. */
  frameSelection(): void {
    const { flow } = useDocument.getState()
    const boxes = itemBoxesOf(flow, registry)
    const around = frameAround(selectedItemIds().flatMap((id) => boxes.get(id) ?? []))
    if (around === undefined) return
    put('Frame selection', (current) =>
      addNote(current, {
        kind: 'frame',
        text: 'Frame',
        position: [around.x, around.y],
        size: sizeOf(around),
      }),
    )
  },

  /** Makes the selected frames as large as what lies in them. */
  fitFrames(): void {
    const { selectedNoteIds } = useSession.getState()
    documentCommands.edit('Fit frame', (flow) =>
      (flow.layout?.notes ?? [])
        .filter((note) => isFrame(note) && selectedNoteIds.has(note.id))
        .reduce((current, { id }) => {
          const boxes = itemBoxesOf(current, registry)
          const inner = itemsIn(boxes, noteItemId(id)).flatMap((item) => boxes.get(item) ?? [])
          const around = frameAround(inner)
          return around === undefined ? current : withBox(current, id, around)
        }, flow),
    )
  },

  /** Changes the text as it is typed; what is typed in one go undoes as one. */
  write(noteId: string, text: string): void {
    documentCommands.edit('Edit note', (flow) => changeNote(flow, noteId, { text }), {
      coalesce: `note ${noteId}`,
    })
  },

  colour(noteIds: Iterable<string>, colour: NoteColour): void {
    documentCommands.edit('Colour note', (flow) =>
      [...noteIds].reduce((current, id) => changeNote(current, id, { colour }), flow),
    )
  },

  resize(noteId: string, box: Box): void {
    documentCommands.edit('Resize note', (flow) => withBox(flow, noteId, box))
  },

  /** Makes the selected notes larger or smaller by so many pixels, at their right and lower edges. */
  growSelected([dx, dy]: Point): void {
    const ids = useSession.getState().selectedNoteIds
    documentCommands.edit(
      'Resize note',
      (flow) =>
        (flow.layout?.notes ?? [])
          .filter(({ id }) => ids.has(id))
          .reduce((current, note) => {
            const box = noteBoxOf(note)
            const width = Math.max(smallestNote.width, box.width + dx)
            const height = Math.max(smallestNote.height, box.height + dy)
            return withBox(current, note.id, { ...box, width, height })
          }, flow),
      { coalesce: `grow ${[...ids].join()}` },
    )
  },
}

/** The ids on the canvas of what is selected there. */
export function selectedItemIds(): readonly string[] {
  const { selectedNodeIds, selectedNoteIds } = useSession.getState()
  return [...selectedNodeIds, ...[...selectedNoteIds].map(noteItemId)]
}

function put(
  label: string,
  add: (flow: Flow) => { readonly flow: Flow; readonly noteId: string },
): void {
  let noteId: string | undefined
  documentCommands.edit(label, (flow) => {
    const added = add(flow)
    noteId = added.noteId
    return added.flow
  })
  if (noteId === undefined) return
  sessionCommands.select([], [], [noteId])
  canvasState.editNote(noteId)
}

function withBox(flow: Flow, noteId: string, box: Box): Flow {
  return changeNote(flow, noteId, { position: [box.x, box.y], size: sizeOf(box) })
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }): Point {
  return [width, height]
}
