import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { javascript, typescriptLanguage } from '@codemirror/lang-javascript'
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useImperativeHandle, type Ref } from 'react'
import { problemFound, problemMark, type ProblemRange } from '../properties/problem-mark.ts'
import { useEditorView, type EditorShell } from '../properties/use-editor-view.ts'
import styles from './code-editor.module.css'
import type { CodeInput } from './code-inputs.ts'
import { completeCode } from './complete-code.ts'

/** What the owner of a code editor may do with it. */
export interface CodeEditorHandle {
  /** With the caret after so many characters; where it was when not given. */
  focus(caret?: number): void
}

export interface CodeEditorProps extends EditorShell {
  readonly handle?: Ref<CodeEditorHandle>
  readonly inputs: readonly CodeInput[]
  readonly problem: ProblemRange | undefined
}

/** An editor for the code of a function. Loaded on demand: see `lazy-code-editor.tsx`. */
export function CodeEditor(props: CodeEditorProps) {
  const { place, view } = useEditorView(props, extensionsOf)
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
      if (caret !== undefined) {
        const anchor = Math.min(caret, current?.state.doc.length ?? 0)
        current?.dispatch({ selection: { anchor }, scrollIntoView: true })
      }
      current?.focus()
    },
  }))

  return <div ref={place} className={styles.editor} />
}

function extensionsOf(latest: () => CodeEditorProps): Extension {
  return [
    lineNumbers(),
    look,
    javascript({ typescript: true }),
    syntaxHighlighting(colours),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    keymap.of(closeBracketsKeymap),
    // Said in so many words, for tools that look for a way to scroll by keyboard.
    EditorView.contentAttributes.of({ tabindex: '0' }),
    problemMark,
    autocompletion({ icons: false, interactionDelay: 0 }),
    // Beside the words and local names that the language itself suggests.
    typescriptLanguage.data.of({
      autocomplete: (context: CompletionContext) => suggest(context, latest().inputs),
    }),
  ]
}

/** Over CodeMirror's own, which no layer of ours beats. */
const look = EditorView.theme({
  '.cm-gutters': { border: '0', color: 'var(--text-2)', backgroundColor: 'transparent' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 2px 0 8px' },
})

function suggest(
  { state, pos, explicit }: CompletionContext,
  inputs: readonly CodeInput[],
): CompletionResult | null {
  const found = completeCode(state.doc.toString(), pos, inputs)
  if (found === undefined || found.options.length === 0) return null
  const isAfterDot = state.sliceDoc(found.from - 1, found.from) === '.'
  // Unasked, the list comes with the first letter or after a dot.
  if (!explicit && found.from === pos && !isAfterDot) return null
  return {
    from: found.from,
    options: found.options.map(({ name, detail }) => ({
      label: name,
      type: 'variable',
      // A space, for those who hear both as one.
      detail: ` ${detail}`,
      // Nearer than the words of the language.
      boost: 50,
    })),
    validFor: /^[\w$]*$/,
  }
}

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.typeName],
    class: styles['keyword'] ?? '',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: styles['text'] ?? '' },
  { tag: [tags.number, tags.bool, tags.null, tags.self], class: styles['number'] ?? '' },
  { tag: [tags.lineComment, tags.blockComment], class: styles['comment'] ?? '' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
    class: styles['call'] ?? '',
  },
])
