import type { Note } from '@millrace/flow'
import { lazy, Suspense } from 'react'

const Form = lazy(async () => ({ default: (await import('./note-form.tsx')).NoteForm }))

/** The form of the selected note, fetched when there is one. */
export function LazyNoteForm(props: { readonly note: Note }) {
  return (
    <Suspense>
      <Form {...props} />
    </Suspense>
  )
}
