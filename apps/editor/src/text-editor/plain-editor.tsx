import { useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { AwaitedProps, WishPlace } from './awaited-editor.tsx'
import styles from './plain-editor.module.css'
import type { SourceEditorHandle, SourceEditorProps } from './use-source-editor.ts'

type Shown = Pick<SourceEditorProps, 'text' | 'onChange' | 'labelledBy' | 'placeholder'>

export interface PlainEditorProps extends AwaitedProps<Shown, SourceEditorHandle> {
  readonly wish: WishPlace<SourceEditorHandle>
}

/**
 * Stands in for an editor with line numbers while its code is on its way. It hands the focus on to
 * the editor, which goes on where somebody typed.
 */
export function PlainEditor(props: PlainEditorProps) {
  const { handle, wish, text, onChange, labelledBy, placeholder } = props
  const place = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(handle, () => ({
    focus: () => place.current?.focus(),
    insert: (...inserted) => (wish.current = (editor) => editor.insert(...inserted)),
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
      className={styles.plain}
      aria-labelledby={labelledBy}
      aria-busy
      spellCheck={false}
      placeholder={placeholder}
      value={text}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
