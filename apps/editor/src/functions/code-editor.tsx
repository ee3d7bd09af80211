import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { javascript, typescriptLanguage } from '@codemirror/lang-javascript'
import { indentOnInput } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { sourceClass, sourceLook } from '../text-editor/source-look.ts'
import { useSourceEditor, type SourceEditorProps } from '../text-editor/use-source-editor.ts'
import type { CodeInput } from './code-inputs.ts'
import { completeCode } from './complete-code.ts'

export interface CodeEditorProps extends SourceEditorProps {
  readonly inputs: readonly CodeInput[]
}

/** An editor for the code of a function. Loaded on demand: see `lazy-code-editor.tsx`. */
export function CodeEditor(props: CodeEditorProps) {
  const { place } = useSourceEditor(props, extensionsOf)
  return <div ref={place} className={sourceClass} />
}

function extensionsOf(latest: () => CodeEditorProps): Extension {
  return [
    sourceLook,
    javascript({ typescript: true }),
    closeBrackets(),
    indentOnInput(),
    keymap.of(closeBracketsKeymap),
    // Said in so many words, for tools that look for a way to scroll by keyboard.
    EditorView.contentAttributes.of({ tabindex: '0' }),
    autocompletion({ icons: false, interactionDelay: 0 }),
    // Beside the words and local names that the language itself suggests.
    typescriptLanguage.data.of({
      autocomplete: (context: CompletionContext) => suggest(context, latest().inputs),
    }),
  ]
}

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
