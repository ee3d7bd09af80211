import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import styles from './source-look.module.css'

/** Over CodeMirror's own, which no layer of ours beats. */
const gutters = EditorView.theme({
  '.cm-gutters': { border: '0', color: 'var(--text-2)', backgroundColor: 'transparent' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 2px 0 8px' },
})

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.typeName],
    class: styles['keyword'] ?? '',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: styles['text'] ?? '' },
  { tag: [tags.number, tags.bool, tags.null, tags.self], class: styles['number'] ?? '' },
  { tag: [tags.lineComment, tags.blockComment], class: styles['comment'] ?? '' },
  {
    tag: [
      tags.standard(tags.name),
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
    ],
    class: styles['known'] ?? '',
  },
])

/** The look of an editor for a whole text of a language: line numbers, brackets, colours. */
export const sourceLook: Extension = [
  lineNumbers(),
  gutters,
  bracketMatching(),
  syntaxHighlighting(colours),
]

/** The class of the element that such an editor stands in. */
export const sourceClass = styles['editor']
