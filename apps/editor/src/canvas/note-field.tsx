import type { Note } from '@millrace/flow'
import type { KeyboardEvent } from 'react'
import { canvasState } from './canvas-store.ts'
import { noteCommands } from './note-commands.ts'
import styles from './note-field.module.css'
import { isFrame, noteItemId } from './notes.ts'

/**
 * The text of a note, or the title of a frame, while it is written. A plain field: editors with a
 * layout of their own misplace the caret in a canvas that is zoomed.
 */
export function NoteField({ note }: { readonly note: Note }) {
  const common = {
    value: note.text,
    onBlur: () => canvasState.editNote(undefined),
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation()
      const isDone = event.key === 'Escape' || (event.key === 'Enter' && isEnd(event, note))
      if (isDone) focusNote(note.id)
    },
  }
  return isFrame(note) ? (
    <input
      {...common}
      className={`${styles.title} nodrag nopan`}
      aria-label="Title of the frame"
      maxLength={200}
      ref={focusAll}
      onChange={(event) => noteCommands.write(note.id, event.target.value)}
    />
  ) : (
    <textarea
      {...common}
      className={`${styles.text} nodrag nopan nowheel`}
      aria-label="Text of the note, in Markdown"
      ref={focusEnd}
      onChange={(event) => noteCommands.write(note.id, event.target.value)}
    />
  )
}

function isEnd(event: KeyboardEvent, note: Note): boolean {
  return isFrame(note) || event.ctrlKey || event.metaKey
}

/** The focus goes back to the note, which ends the writing. */
function focusNote(noteId: string): void {
  document
    .querySelector<HTMLElement>(`.react-flow__node[data-id="${noteItemId(noteId)}"]`)
    ?.focus({ preventScroll: true })
  canvasState.editNote(undefined)
}

function focusAll(field: HTMLInputElement | null): void {
  field?.focus({ preventScroll: true })
  field?.select()
}

function focusEnd(field: HTMLTextAreaElement | null): void {
  field?.focus({ preventScroll: true })
  field?.setSelectionRange(field.value.length, field.value.length)
}
