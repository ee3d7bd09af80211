import { lazy } from 'react'
import { AwaitedEditor, type AwaitedProps } from '../text-editor/awaited-editor.tsx'
import { PlainEditor } from '../text-editor/plain-editor.tsx'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import type { SqlEditorProps } from './sql-editor.tsx'

// A chunk of its own: the languages of databases are long lists of words, and few fields need them.
const SqlEditor = lazy(async () => ({ default: (await import('./sql-editor.tsx')).SqlEditor }))

/** The SQL editor; until its code is there, a plain one. */
export function LazySqlEditor(props: AwaitedProps<SqlEditorProps, SourceEditorHandle>) {
  return (
    <AwaitedEditor<SourceEditorHandle>
      handle={props.handle}
      standIn={(wish) => <PlainEditor {...props} wish={wish} />}
    >
      <SqlEditor {...props} />
    </AwaitedEditor>
  )
}
