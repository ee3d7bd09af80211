import { bracketMatching, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { sourceColours } from './source-colours.ts'
import styles from './source-look.module.css'

/** Over CodeMirror's own, which no layer of ours beats. */
const gutters = EditorView.theme({
  '.cm-gutters': { border: '0', color: 'var(--text-2)', backgroundColor: 'transparent' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 2px 0 8px' },
})

/** The look of an editor for a whole text of a language: line numbers, brackets, colours. */
export const sourceLook: Extension = [
  lineNumbers(),
  gutters,
  bracketMatching(),
  syntaxHighlighting(sourceColours),
]

/** The class of the element that such an editor stands in. */
export const sourceClass = styles['editor']
