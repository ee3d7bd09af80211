import { StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import styles from './problem-mark.module.css'

/** A part of the text that is wrong. */
export interface ProblemRange {
  readonly start: number
  readonly end: number
}

/** Tells an editor where its text is wrong; `undefined` when it is not. */
export const problemFound = StateEffect.define<ProblemRange | undefined>()

/** Underlines what is wrong with the text. */
export const problemMark: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(current, { changes, effects, newDoc }) {
    const found = effects.find((effect) => effect.is(problemFound))
    return found === undefined ? current.map(changes) : underline(found.value, newDoc.length)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const mark = Decoration.mark({ class: styles['problem'] ?? '' })

/** What is missing at the end has no place: the last character stands for it. */
function underline(range: ProblemRange | undefined, length: number): DecorationSet {
  if (range === undefined || length === 0) return Decoration.none
  const end = Math.min(length, Math.max(range.end, range.start + 1))
  const start = Math.min(range.start, end - 1)
  return Decoration.set(mark.range(start, end))
}
