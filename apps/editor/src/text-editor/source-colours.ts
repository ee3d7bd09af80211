import { HighlightStyle } from '@codemirror/language'
import { tags } from '@lezer/highlight'
import styles from './source-look.module.css'

/** The colours of source text, in an editor or beside it. */
export const sourceColours = HighlightStyle.define([
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
