import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useCanvas } from '../canvas-store.ts'
import { noteColourOf } from '../notes.ts'
import { NoteField } from '../note-field.tsx'
import styles from './note-node.module.css'
import { NoteResizer } from './note-resizer.tsx'
import type { NoteNode } from './to-notes.ts'

/** A frame behind a part of the flow. Its title is held to drag it, with all that lies in it. */
export const FrameNode = memo(
  function FrameNode({ data: { note }, selected }: NodeProps<NoteNode>) {
    const isEditing = useCanvas((canvas) => canvas.editingNoteId === note.id)
    return (
      <div
        className={styles.frame}
        data-colour={noteColourOf(note)}
        data-selected={selected || undefined}
      >
        <div className={styles.title}>
          {isEditing ? <NoteField note={note} /> : <span>{note.text.trim() || 'Frame'}</span>}
        </div>
        <NoteResizer note={note} isVisible={selected && !isEditing} />
      </div>
    )
  },
  (before, after) => before.data === after.data && before.selected === after.selected,
)
