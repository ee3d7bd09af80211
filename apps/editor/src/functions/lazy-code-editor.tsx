import { lazy } from 'react'
import { AwaitedEditor, type AwaitedProps } from '../text-editor/awaited-editor.tsx'
import { PlainEditor } from '../text-editor/plain-editor.tsx'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import type { CodeEditorProps } from './code-editor.tsx'

// A chunk of its own: the language is large, and few nodes have code.
const CodeEditor = lazy(async () => ({ default: (await import('./code-editor.tsx')).CodeEditor }))

/** The code editor; until its code is there, a plain one. */
export function LazyCodeEditor(props: AwaitedProps<CodeEditorProps, SourceEditorHandle>) {
  return (
    <AwaitedEditor<SourceEditorHandle>
      handle={props.handle}
      standIn={(wish) => <PlainEditor {...props} wish={wish} />}
    >
      <CodeEditor {...props} />
    </AwaitedEditor>
  )
}
