import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { RangeSetBuilder, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import { placeholdersIn } from '@millrace/flow'
import styles from './chip-editor.module.css'

/** The placeholders of a template, without their `@@`, with what they stand for. */
export type Placeholders = Readonly<Record<string, string>>

/** Marks the `@@` placeholders of a prompt template: those it knows, and those that will stay as text. */
export function placeholderExtension(known: Placeholders): Extension {
  return StateField.define<DecorationSet>({
    create: ({ doc }) => marks(doc.toString(), known),
    update: (current, { docChanged, newDoc }) =>
      docChanged ? marks(newDoc.toString(), known) : current,
    provide: (field) => EditorView.decorations.from(field),
  })
}

function marks(template: string, known: Placeholders): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { name, start, end } of placeholdersIn(template)) {
    builder.add(start, end, markOf(name, known))
  }
  return builder.finish()
}

function markOf(name: string, known: Placeholders): Decoration {
  return Object.hasOwn(known, name)
    ? Decoration.mark({
        class: styles.placeholder ?? '',
        attributes: { title: known[name] ?? '' },
      })
    : Decoration.mark({
        class: styles.unknownPlaceholder ?? '',
        attributes: { title: `@@${name} is no placeholder: it is sent as it stands.` },
      })
}

/** Offers the placeholders once `@@` is typed. */
export function suggestPlaceholders(
  context: CompletionContext,
  known: Placeholders,
): CompletionResult | null {
  const typed = context.matchBefore(/@@\p{L}*/u)
  if (typed === null) return null
  return {
    from: typed.from,
    options: Object.entries(known).map(([name, meaning]) => ({
      label: `@@${name}`,
      detail: ` ${meaning}`,
    })),
    validFor: /^@@\p{L}*$/u,
  }
}
