import { RangeSetBuilder, StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import { expressionConstants, tokensOf, type ExpressionToken } from '@millrace/flow'
import styles from './expression-editor.module.css'

/** A part of the text that is wrong. */
export interface ProblemRange {
  readonly start: number
  readonly end: number
}

/** Tells the editor where its expression is wrong; `undefined` when it is not. */
export const problemFound = StateEffect.define<ProblemRange | undefined>()

/** Colours the words of an expression, and underlines what is wrong with it. */
export const expressionHighlighting: Extension = [
  StateField.define<DecorationSet>({
    create: ({ doc }) => colours(doc.toString()),
    update: (current, { docChanged, newDoc }) =>
      docChanged ? colours(newDoc.toString()) : current,
    provide: (field) => EditorView.decorations.from(field),
  }),
  StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(current, { changes, effects, newDoc }) {
      const found = effects.find((effect) => effect.is(problemFound))
      return found === undefined ? current.map(changes) : underline(found.value, newDoc.length)
    },
    provide: (field) => EditorView.decorations.from(field),
  }),
]

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

function mark(name: 'text' | 'number' | 'constant' | 'call' | 'comment' | 'problem'): Decoration {
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

const problemMark = mark('problem')

/** What is missing at the end has no place: the last character stands for it. */
function underline(range: ProblemRange | undefined, length: number): DecorationSet {
  if (range === undefined || length === 0) return Decoration.none
  const end = Math.min(length, Math.max(range.end, range.start + 1))
  const start = Math.min(range.start, end - 1)
  return Decoration.set(problemMark.range(start, end))
}
