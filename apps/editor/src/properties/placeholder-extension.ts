import type { Extension } from '@codemirror/state'
import {
  Decoration,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'
import { placeholderPattern } from './placeholders.ts'
import styles from './chip-editor.module.css'

/** Marks the `@@` placeholders of a prompt template: those it knows, and those that will stay as text. */
export function placeholderExtension(known: Readonly<Record<string, string>>): Extension {
  const matcher = new MatchDecorator({
    regexp: placeholderPattern,
    decoration: ([, name = '']) =>
      Object.hasOwn(known, name)
        ? Decoration.mark({
            class: styles.placeholder ?? '',
            attributes: { title: known[name] ?? '' },
          })
        : Decoration.mark({
            class: styles.unknownPlaceholder ?? '',
            attributes: { title: `@@${name} is no placeholder: it is sent as it stands.` },
          }),
  })
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: ViewUpdate['view']) {
        this.decorations = matcher.createDeco(view)
      }
      update(update: ViewUpdate) {
        this.decorations = matcher.updateDeco(update, this.decorations)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
}
