import type { Note } from '@millrace/flow'
import { NodeResizer, type ResizeParams } from '@xyflow/react'
import { canvasState } from '../canvas-store.ts'
import { noteCommands } from '../note-commands.ts'
import { noteBoxOf, smallestNote } from '../notes.ts'
import styles from './note-node.module.css'

interface NoteResizerProps {
  readonly note: Note
  readonly isVisible: boolean
}

/** The handles of a selected note. Its size is one edit, made on release. */
export function NoteResizer({ note, isVisible }: NoteResizerProps) {
  const boxOf = ({ x, y, width, height }: ResizeParams) => ({ x, y, width, height })
  return (
    <NodeResizer
      isVisible={isVisible}
      minWidth={smallestNote.width}
      minHeight={smallestNote.height}
      handleClassName={styles.handle ?? ''}
      lineClassName={styles.line ?? ''}
      onResizeStart={() => canvasState.resize({ noteId: note.id, box: noteBoxOf(note) })}
      onResize={(_, params) => canvasState.resize({ noteId: note.id, box: boxOf(params) })}
      onResizeEnd={(_, params) => {
        noteCommands.resize(note.id, boxOf(params))
        canvasState.resize(undefined)
      }}
    />
  )
}
