import { lazy, Suspense } from 'react'
import type { SqlEditorProps } from './sql-editor.tsx'
import styles from './sql-dialog.module.css'

// A chunk of its own: the languages of databases are long lists of words, and few fields need them.
const SqlEditor = lazy(async () => ({ default: (await import('./sql-editor.tsx')).SqlEditor }))

/** The SQL editor; until its code is there, the statement. */
export function LazySqlEditor(props: SqlEditorProps) {
  return (
    <Suspense fallback={<pre className={styles.standIn}>{props.text}</pre>}>
      <SqlEditor {...props} />
    </Suspense>
  )
}
