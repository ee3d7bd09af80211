import { RangeSetBuilder, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import { expressionConstants, tokensOf, type ExpressionToken } from '@millrace/flow'
import styles from './expression-editor.module.css'

/** Colours the words of an expression. */
export const expressionHighlighting: Extension = StateField.define<DecorationSet>({
  create: ({ doc }) => colours(doc.toString()),
  update: (current, { docChanged, newDoc }) => (docChanged ? colours(newDoc.toString()) : current),
  provide: (field) => EditorView.decorations.from(field),
})

function colours(source: string): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const tokens = tokensOf(source)
  for (const [index, token] of tokens.entries()) {
    const name = styleOf(token, tokens[index + 1])
    if (name !== undefined) builder.add(token.start, token.end, marks[name])
  }
  return builder.finish()
}

const marks = {
  text: mark('text'),
  number: mark('number'),
  constant: mark('constant'),
  call: mark('call'),
  comment: mark('comment'),
}

function mark(name: 'text' | 'number' | 'constant' | 'call' | 'comment'): Decoration {
  return Decoration.mark({ class: styles[name] ?? '' })
}

function styleOf(
  { kind, text }: ExpressionToken,
  next: ExpressionToken | undefined,
): keyof typeof marks | undefined {
  switch (kind) {
    case 'text':
    case 'number':
      return kind
    case 'name':
      if (Object.hasOwn(expressionConstants, text)) return 'constant'
      return next?.text === '(' ? 'call' : undefined
    case 'space':
    case 'other':
      return text.startsWith('//') ? 'comment' : undefined
  }
}
