import type { Extension } from '@codemirror/state'
import { useEffect, useImperativeHandle, type Ref } from 'react'
import { problemFound, problemMark, type ProblemRange } from './problem-mark.ts'
import { useEditorView, type EditorShell } from './use-editor-view.ts'

/** What the owner of an editor of a language may do with it. */
export interface SourceEditorHandle {
  /** With the caret after so many characters; where it was when not given. */
  focus(caret?: number): void
  /** Puts text in place of the selection, or of a range. */
  insert(text: string, range?: ProblemRange): void
}

/** What every editor of a language is given. */
export interface SourceEditorProps extends EditorShell {
  readonly handle?: Ref<SourceEditorHandle>
  readonly problem: ProblemRange | undefined
}

/** `useEditorView` for a language: its owner has a handle, and what is wrong is underlined. */
export function useSourceEditor<Props extends SourceEditorProps>(
  props: Props,
  extensions: (latest: () => Props) => Extension,
): ReturnType<typeof useEditorView> {
  const { place, view } = useEditorView(props, (latest) => [extensions(latest), problemMark])

  const { text, problem } = props
  const start = problem?.start
  const end = problem?.end
  useEffect(() => {
    const found = start === undefined || end === undefined ? undefined : { start, end }
    view.current?.dispatch({ effects: problemFound.of(found) })
  }, [view, text, start, end])

  useImperativeHandle(props.handle, () => ({
    focus(caret) {
      const current = view.current
      if (current !== undefined && caret !== undefined) {
        const anchor = Math.min(caret, current.state.doc.length)
        current.dispatch({ selection: { anchor }, scrollIntoView: true })
      }
      current?.focus()
    },
    insert(inserted, range) {
      const current = view.current
      if (current === undefined) return
      const selection = current.state.selection.main
      const { start: from, end: to } = range ?? { start: selection.from, end: selection.to }
      current.dispatch({
        changes: { from, to, insert: inserted },
        selection: { anchor: from + inserted.length },
        userEvent: 'input.complete',
      })
      current.focus()
    },
  }))

  return { place, view }
}
