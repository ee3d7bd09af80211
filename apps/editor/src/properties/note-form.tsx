import { noteColours, type Note } from '@millrace/flow'
import { Frame, StickyNote } from 'lucide-react'
import { noteCommands } from '../canvas/note-commands.ts'
import { isFrame, noteColourOf } from '../canvas/notes.ts'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import { PanelHead } from './panel-head.tsx'
import styles from './properties-panel.module.css'

/** The text and the colour of a note or a frame. */
export function NoteForm({ note }: { readonly note: Note }) {
  const isOfFrame = isFrame(note)
  const write = (text: string) => noteCommands.write(note.id, text)
  return (
    <>
      <PanelHead
        icon={isOfFrame ? <Frame size={16} aria-hidden /> : <StickyNote size={16} aria-hidden />}
        tone="flow"
        title={isOfFrame ? note.text || 'Frame' : 'Note'}
        subtitle="It says nothing of what a run does."
      />
      <div className={styles.fields}>
        {isOfFrame ? (
          <Field label="Title">
            <TextField value={note.text} maxLength={200} onChange={write} />
          </Field>
        ) : (
          <Field label="Text" help="Markdown: **bold**, lists, links.">
            <TextArea className={styles.description} rows={6} value={note.text} onChange={write} />
          </Field>
        )}
        <Field label="Colour">
          <Select
            value={noteColourOf(note)}
            options={colours}
            onChange={(colour) => noteCommands.colour([note.id], colour)}
          />
        </Field>
      </div>
    </>
  )
}

const colours = noteColours.map((value) => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1),
}))
