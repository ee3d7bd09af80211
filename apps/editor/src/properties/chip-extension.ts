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
  readonly lookOf: (content: string) => ChipLook
  /** A broken chip asks for help. */
  readonly onFix: (broken: ChipPlace) => void
  /** A chip was clicked: how its value is formatted is asked for. */
  readonly onFormat: (chip: ChipPlace) => void
}

/** A chip: what it holds, and where it stands in the text and on the screen. */
export interface ChipPlace {
  readonly content: string
  readonly from: number
  readonly to: number
  readonly anchor: { getBoundingClientRect(): DOMRect }
}

/** Draws the references of the text as chips, each of which is one character to the caret. */
export function chipExtension(source: () => ChipSource): Extension {
  const matcher = new MatchDecorator({
    regexp: chipPattern,
    decoration: (match) => Decoration.replace({ widget: new ChipWidget(match[1] ?? '', source) }),
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

/** The chips of a text from its beginning, with their places. */
export function chipsIn(view: EditorView): readonly ChipPlace[] {
  return [...view.state.doc.toString().matchAll(chipPattern)].map((match) =>
    placeOf(view, match[1] ?? '', match.index),
  )
}

function placeOf(view: EditorView, content: string, from: number): ChipPlace {
  const to = from + chipOf(content).length
  const box = () => {
    const { left, top, bottom } = view.coordsAtPos(from, 1) ?? view.dom.getBoundingClientRect()
    return new DOMRect(left, top, 0, bottom - top)
  }
  return { content, from, to, anchor: { getBoundingClientRect: box } }
}

class ChipWidget extends WidgetType {
  readonly #content: string
  readonly #look: ChipLook
  readonly #source: () => ChipSource

  constructor(content: string, source: () => ChipSource) {
    super()
    this.#content = content
    this.#look = source().lookOf(content)
    this.#source = source
  }

  override eq(other: ChipWidget): boolean {
    const [left, right] = [this.#look, other.#look]
    return (
      this.#content === other.#content && left.title === right.title && left.tone === right.tone
    )
  }

  override toDOM(view: EditorView): HTMLElement {
    const place = () => placeOf(view, this.#content, view.posAtDOM(element))
    const element = chipElement(this.#look, {
      onRemove: () => {
        const { from, to } = place()
        view.dispatch({ changes: { from, to }, userEvent: 'delete' })
      },
      onFix: () => this.#source().onFix(place()),
      onFormat: () => this.#source().onFormat(place()),
    })
    return element
  }

  override ignoreEvent(event: Event): boolean {
    return event.target instanceof HTMLButtonElement
  }
}
