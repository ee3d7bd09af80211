import { StateEffect, type Extension } from '@codemirror/state'
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'
import { chipElement, type ChipLook } from './chip-look.ts'
import { chipOf, chipPattern } from './chip-text.ts'

/** Tells the editor that its chips may look different: variables were renamed, moved or removed. */
export const looksChanged = StateEffect.define<null>()

export interface ChipSource {
  readonly lookOf: (reference: string) => ChipLook
  /** A broken chip asks for help. */
  readonly onFix: (broken: BrokenChip) => void
}

/** A broken reference: where it stands in the text, and on the screen. */
interface BrokenChip {
  readonly reference: string
  readonly range: { readonly from: number; readonly to: number }
  readonly anchor: HTMLElement
}

/** Draws the references of the text as chips, each of which is one character to the caret. */
export function chipExtension(source: () => ChipSource): Extension {
  const matcher = new MatchDecorator({
    regexp: chipPattern,
    decoration: (match) =>
      Decoration.replace({ widget: new ChipWidget(source().lookOf(match[1] ?? ''), source) }),
  })
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = matcher.createDeco(view)
      }
      update(update: ViewUpdate) {
        const isRedrawn = update.transactions.some(({ effects }) =>
          effects.some((effect) => effect.is(looksChanged)),
        )
        this.decorations = isRedrawn
          ? matcher.createDeco(update.view)
          : matcher.updateDeco(update, this.decorations)
      }
    },
    {
      decorations: (plugin) => plugin.decorations,
      provide: (plugin) =>
        EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
    },
  )
}

class ChipWidget extends WidgetType {
  readonly #look: ChipLook
  readonly #source: () => ChipSource

  constructor(look: ChipLook, source: () => ChipSource) {
    super()
    this.#look = look
    this.#source = source
  }

  override eq(other: ChipWidget): boolean {
    const [left, right] = [this.#look, other.#look]
    return (
      left.reference === right.reference && left.title === right.title && left.tone === right.tone
    )
  }

  override toDOM(view: EditorView): HTMLElement {
    const range = () => {
      const from = view.posAtDOM(element)
      return { from, to: from + chipOf(this.#look.reference).length }
    }
    const element = chipElement(this.#look, {
      onRemove: () => view.dispatch({ changes: range(), userEvent: 'delete' }),
      onFix: (anchor) =>
        this.#source().onFix({ reference: this.#look.reference, range: range(), anchor }),
    })
    return element
  }

  override ignoreEvent(event: Event): boolean {
    return event.target instanceof HTMLButtonElement
  }
}
