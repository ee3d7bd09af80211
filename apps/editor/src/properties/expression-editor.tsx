import {
  autocompletion,
  pickedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import {
  completeExpression,
  tokensOf,
  type ExpressionCompletion,
  type ScopeVariable,
} from '@millrace/flow'
import { useSourceEditor, type SourceEditorProps } from '../text-editor/use-source-editor.ts'
import styles from './expression-editor.module.css'
import { expressionHighlighting } from './expression-highlighting.ts'

export interface ExpressionEditorProps extends SourceEditorProps {
  readonly variables: readonly ScopeVariable[]
}

/** An editor for CEL expressions. Loaded on demand: see `lazy-editors.tsx`. */
export function ExpressionEditor(props: ExpressionEditorProps) {
  const { place } = useSourceEditor(props, extensionsOf)
  return <div ref={place} className={styles.editor} />
}

function extensionsOf(latest: () => ExpressionEditorProps): Extension {
  return [
    expressionHighlighting,
    autocompletion({
      override: [(context) => suggest(context, latest().variables)],
      icons: false,
      // What is seen can be taken at once: a new line is seldom meant here.
      interactionDelay: 0,
    }),
    stepsOverBrackets,
  ]
}

function suggest(
  { state, pos, explicit }: CompletionContext,
  variables: readonly ScopeVariable[],
): CompletionResult | null {
  const source = state.doc.toString()
  const found = completeExpression(source, pos, variables)
  if (found === undefined || found.items.length === 0) return null
  const isAfterDot = source.slice(0, found.from).trimEnd().endsWith('.')
  // Unasked, the list comes with the first letter or after a dot.
  if (!explicit && found.from === pos && !isAfterDot) return null
  return {
    from: found.from,
    to: found.to,
    options: found.items.map(optionOf),
    validFor: /^[A-Za-z0-9_]*$/,
  }
}

function optionOf(item: ExpressionCompletion, index: number): Completion {
  const { name, detail, help, kind } = item
  return {
    label: name,
    // A function and a method of one name, such as size, never stand in one list.
    type: kind,
    // A space, for those who hear both as one.
    detail: ` ${detail}`,
    ...(help === '' ? {} : { info: help }),
    // In the order in which they are given: the nearest variables first.
    boost: -Math.min(index, 99),
    apply(view, completion, from, to) {
      const { insert, caret } = insertionOf(item, view.state.sliceDoc(to, to + 1))
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + caret },
        userEvent: 'input.complete',
        annotations: pickedCompletion.of(completion),
      })
    },
  }
}

/** Where parentheses follow already, as when a name is changed, only the name is put in. */
function insertionOf(
  { name, insert, caret }: ExpressionCompletion,
  next: string,
): { readonly insert: string; readonly caret: number } {
  return next === '(' ? { insert: name, caret: name.length } : { insert, caret }
}

/** A closing bracket that stands there already, as after a completion, is stepped over. */
const stepsOverBrackets = EditorView.inputHandler.of((view, from, to, text) => {
  if (!/^[)\]}]$/.test(text) || from !== to) return false
  if (view.state.sliceDoc(from, from + 1) !== text) return false
  const opens = text === ')' ? '(' : text === ']' ? '[' : '{'
  const tokens = tokensOf(view.state.doc.toString())
  const count = (bracket: string) => tokens.filter((token) => token.text === bracket).length
  if (count(opens) > count(text)) return false
  view.dispatch({ selection: { anchor: from + 1 }, userEvent: 'input.type' })
  return true
})
