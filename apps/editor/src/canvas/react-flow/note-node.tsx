import type { NodeProps } from '@xyflow/react'
import { lazy, memo, Suspense } from 'react'
import { useCanvas } from '../canvas-store.ts'
import { noteColourOf } from '../notes.ts'
import { NoteField } from '../note-field.tsx'
import styles from './note-node.module.css'
import { NoteResizer } from './note-resizer.tsx'
import type { NoteNode as NoteNodeType } from './to-notes.ts'

const Markdown = lazy(async () => ({
  default: (await import('@millrace/chat-view/markdown')).Markdown,
}))

/** A note on the canvas: Markdown on a tinted sheet. */
export const NoteNode = memo(
  function NoteNode({ data: { note }, selected }: NodeProps<NoteNodeType>) {
    const isEditing = useCanvas((canvas) => canvas.editingNoteId === note.id)
    return (
      <div
        className={styles.note}
        data-colour={noteColourOf(note)}
        data-selected={selected || undefined}
      >
        {isEditing ? (
          <NoteField note={note} />
        ) : note.text.trim() === '' ? (
          <p className={styles.hint}>Double-click to write. Markdown works.</p>
        ) : (
          <div className={`${styles.text} ${selected ? 'nowheel' : ''}`}>
            <Suspense fallback={<p className={styles.plain}>{note.text}</p>}>
              <Markdown text={note.text} isStreaming={false} />
            </Suspense>
          </div>
        )}
        <NoteResizer note={note} isVisible={selected && !isEditing} />
      </div>
    )
  },
  (before, after) => before.data === after.data && before.selected === after.selected,
)
