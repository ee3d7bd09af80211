import { toPixel } from './edit.ts'
import type { Flow, Note } from './flow.ts'
import { uniqueName } from './name.ts'

/** Edits of the notes and frames on the canvas. They say nothing of what a run does. */

/** A note to add: everything but its id. */
export type NewNote = Omit<Note, 'id'>

/** Adds a note with a free id, over the others. */
export function addNote(
  flow: Flow,
  note: NewNote,
): { readonly flow: Flow; readonly noteId: string } {
  const notes = notesOf(flow)
  const noteId = uniqueName(note.kind ?? 'note', new Set(notes.map(({ id }) => id)))
  return { flow: withNotes(flow, [...notes, placed({ id: noteId, ...note })]), noteId }
}

/** What can be changed of a note that stays where it is on the canvas, or grows. */
export type NoteFields = Partial<Pick<Note, 'text' | 'colour' | 'position' | 'size'>>

/** Changes a note; of a note that is gone, nothing. */
export function changeNote(flow: Flow, noteId: string, fields: NoteFields): Flow {
  return updateNotes(flow, (note) => (note.id === noteId ? placed({ ...note, ...fields }) : note))
}

/** Sets the places of notes, by their top left corners; of other ids, nothing. */
export function moveNotes(
  flow: Flow,
  positions: ReadonlyMap<string, readonly [number, number]>,
): Flow {
  return updateNotes(flow, (note) => {
    const position = positions.get(note.id)
    return position === undefined ? note : placed({ ...note, position })
  })
}

/** Takes notes away. What lay in a frame stays. */
export function removeNotes(flow: Flow, noteIds: Iterable<string>): Flow {
  const removed = new Set(noteIds)
  const notes = notesOf(flow)
  const kept = notes.filter(({ id }) => !removed.has(id))
  return kept.length === notes.length ? flow : withNotes(flow, kept)
}

function notesOf(flow: Flow): readonly Note[] {
  return flow.layout?.notes ?? []
}

function withNotes(flow: Flow, notes: readonly Note[]): Flow {
  return { ...flow, layout: { ...flow.layout, notes } }
}

function updateNotes(flow: Flow, update: (note: Note) => Note): Flow {
  const notes = notesOf(flow)
  const updated = notes.map(update)
  return updated.every((note, index) => note === notes[index]) ? flow : withNotes(flow, updated)
}

function placed(note: Note): Note {
  const [x, y] = note.position
  return {
    ...note,
    position: [toPixel(x), toPixel(y)],
    ...(note.size === undefined
      ? {}
      : { size: [toPixel(note.size[0]), toPixel(note.size[1])] as const }),
  }
}
