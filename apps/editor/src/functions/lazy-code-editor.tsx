import { lazy, Suspense, useImperativeHandle, useLayoutEffect, useRef, type RefObject } from 'react'
import { FulfilWish, type Wish } from '../properties/awaited-editor.tsx'
import type { CodeEditorHandle, CodeEditorProps } from './code-editor.tsx'
import styles from './code-editor.module.css'

// A chunk of its own: the language is large, and few nodes have code.
const CodeEditor = lazy(async () => ({ default: (await import('./code-editor.tsx')).CodeEditor }))

type LazyCodeEditorProps = Omit<CodeEditorProps, 'handle'> & {
  readonly handle: RefObject<CodeEditorHandle | null>
}

/** The code editor; until its code is there, a plain one. */
export function LazyCodeEditor(props: LazyCodeEditorProps) {
  const wish = useRef<Wish<CodeEditorHandle>>(undefined)
  return (
    <Suspense fallback={<StandIn {...props} wish={wish} />}>
      <CodeEditor {...props} />
      <FulfilWish handle={props.handle} wish={wish} />
    </Suspense>
  )
}

interface StandInProps extends LazyCodeEditorProps {
  readonly wish: RefObject<Wish<CodeEditorHandle> | undefined>
}

/** Hands the focus on when the editor is there, which goes on where somebody typed. */
function StandIn({ handle, wish, text, onChange, labelledBy, placeholder }: StandInProps) {
  const place = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(handle, () => ({ focus: () => place.current?.focus() }))
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
