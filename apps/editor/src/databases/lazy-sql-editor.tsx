import { lazy, Suspense, useImperativeHandle, useLayoutEffect, useRef, type RefObject } from 'react'
import { FulfilWish, type Wish } from '../properties/awaited-editor.tsx'
import type { SqlEditorHandle, SqlEditorProps } from './sql-editor.tsx'
import styles from './sql-dialog.module.css'

// A chunk of its own: the languages of databases are long lists of words, and few fields need them.
const SqlEditor = lazy(async () => ({ default: (await import('./sql-editor.tsx')).SqlEditor }))

type LazySqlEditorProps = Omit<SqlEditorProps, 'handle'> & {
  readonly handle: RefObject<SqlEditorHandle | null>
}

/** The SQL editor; until its code is there, a plain one. */
export function LazySqlEditor(props: LazySqlEditorProps) {
  const wish = useRef<Wish<SqlEditorHandle>>(undefined)
  return (
    <Suspense fallback={<StandIn {...props} wish={wish} />}>
      <SqlEditor {...props} />
      <FulfilWish handle={props.handle} wish={wish} />
    </Suspense>
  )
}

interface StandInProps extends LazySqlEditorProps {
  readonly wish: RefObject<Wish<SqlEditorHandle> | undefined>
}

/** Hands the focus on when the editor is there, which goes on where somebody typed. */
function StandIn({ handle, wish, text, onChange, labelledBy, placeholder }: StandInProps) {
  const place = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(handle, () => ({
    focus: () => place.current?.focus(),
    insert: (inserted) => (wish.current = (editor) => editor.insert(inserted)),
  }))
  useLayoutEffect(() => {
    const element = place.current
    return () => {
      if (element === null || element !== document.activeElement) return
      const caret = element.selectionEnd
      wish.current ??= (editor) => editor.focus(caret)
    }
  }, [wish])
  return (
    <textarea
      ref={place}
      className={styles.standIn}
      aria-labelledby={labelledBy}
      aria-busy
      spellCheck={false}
      placeholder={placeholder}
      value={text}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
