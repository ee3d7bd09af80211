import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { RangeSetBuilder, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import { placeholdersIn, writePlaceholder, type TemplatePlaceholders } from '@millrace/flow'
import styles from './chip-editor.module.css'

/** Marks the placeholders of a template: those it knows, and those that will stay as text. */
export function placeholderExtension(known: TemplatePlaceholders): Extension {
  return StateField.define<DecorationSet>({
    create: ({ doc }) => marks(doc.toString(), known),
    update: (current, { docChanged, newDoc }) =>
      docChanged ? marks(newDoc.toString(), known) : current,
    provide: (field) => EditorView.decorations.from(field),
  })
}

function marks(template: string, known: TemplatePlaceholders): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { name, start, end } of placeholdersIn(template, known.notation)) {
    builder.add(start, end, markOf(name, known))
  }
  return builder.finish()
}

function markOf(name: string, { notation, meanings }: TemplatePlaceholders): Decoration {
  const meaning = meanings.get(name)
  return meaning === undefined
    ? Decoration.mark({
        class: styles.unknownPlaceholder ?? '',
        attributes: {
          title: `${writePlaceholder(name, notation)} is no placeholder: it is sent as it stands.`,
        },
      })
    : Decoration.mark({ class: styles.placeholder ?? '', attributes: { title: meaning } })
}

/** Offers the placeholders once what they begin with is typed. */
export function suggestPlaceholders(
  context: CompletionContext,
  { notation, meanings }: TemplatePlaceholders,
): CompletionResult | null {
  const typed = context.matchBefore(notation.begun)
  if (typed === null) return null
  return {
    from: typed.from,
    options: Array.from(meanings, ([name, meaning]) => ({
      label: writePlaceholder(name, notation),
      detail: ` ${meaning}`,
    })),
    validFor: new RegExp(`^${notation.begun.source}$`, 'u'),
  }
}
