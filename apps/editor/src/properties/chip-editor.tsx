import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  startCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import type { TemplatePlaceholders } from '@millrace/flow'
import { useEffect, useImperativeHandle, type Ref } from 'react'
import {
  chipExtension,
  chipsIn,
  looksChanged,
  type ChipPlace,
  type ChipSource,
} from './chip-extension.ts'
import styles from './chip-editor.module.css'
import { chipOf } from './chip-text.ts'
import { placeholderExtension, suggestPlaceholders } from './placeholder-extension.ts'
import { useEditorView, type EditorShell } from '../text-editor/use-editor-view.ts'

/** Where a variable is wanted in the text, and where on the screen that is. */
export interface InsertionPoint {
  readonly from: number
  readonly to: number
  readonly anchor: { getBoundingClientRect(): DOMRect }
}

/** What the owner of an editor may do with it. */
export interface ChipEditorHandle {
  focus(): void
  /** Puts text in place of the selection, or of a range. */
  insertText(text: string, range?: { readonly from: number; readonly to: number }): void
  /** Puts a chip in place of the selection, or of a range. */
  insertReference(reference: string, range?: { readonly from: number; readonly to: number }): void
  /** Puts another chip in the place of one; the focus stays where it is. */
  setChip(chip: Pick<ChipPlace, 'from' | 'to'>, content: string): void
  /** The chip at the caret, or else the one nearest before it; `undefined` when there is none. */
  chipAtCaret(): ChipPlace | undefined
  /** Opens the suggestions. */
  suggest(): void
}

export interface ChipEditorProps extends ChipSource, EditorShell {
  readonly handle?: Ref<ChipEditorHandle>
  /** `/` was typed at the start of a word: a variable is wanted in its place. */
  readonly onSlash: (point: InsertionPoint) => void
  /** What a template may hold. */
  readonly placeholders?: TemplatePlaceholders | undefined
  readonly suggestions?: Suggestions | undefined
}

/** What is suggested while somebody types. */
export interface Suggestions {
  readonly items: readonly string[]
  /** Stands in the list when it is asked for and has no items. */
  readonly note: string
  /** Further ones, below the others under a title. */
  readonly more?: { readonly title: string; readonly items: readonly string[] }
}

/**
 * A text editor in which references are chips; its text is as `chip-text.ts` writes it. Loaded on
 * demand: see `lazy-editors.tsx`.
 */
export function ChipEditor(props: ChipEditorProps) {
  const { place, view } = useEditorView(props, extensionsOf)
  const { lookOf } = props
  useEffect(() => view.current?.dispatch({ effects: looksChanged.of(null) }), [view, lookOf])

  const items = props.suggestions?.items
  useEffect(() => {
    const current = view.current
    // A list that is open shows what has just come.
    if (current !== undefined && completionStatus(current.state) !== null) startCompletion(current)
  }, [view, items])

  useImperativeHandle(props.handle, () => ({
    focus: () => view.current?.focus(),
    insertText: (inserted, range) => insert(view.current, inserted, range),
    insertReference: (reference, range) => insert(view.current, chipOf(reference), range),
    setChip: ({ from, to }, content) =>
      view.current?.dispatch({
        changes: { from, to, insert: chipOf(content) },
        userEvent: 'input.complete',
      }),
    chipAtCaret() {
      if (view.current === undefined) return undefined
      const chips = chipsIn(view.current)
      const { head } = view.current.state.selection.main
      return (
        chips.find(({ from }) => from === head) ??
        chips.findLast(({ to }) => to <= head) ??
        chips[0]
      )
    },
    suggest() {
      view.current?.focus()
      if (view.current !== undefined) startCompletion(view.current)
    },
  }))

  return (
    <div ref={place} className={styles.editor} data-multiline={props.isMultiline || undefined} />
  )
}

function insert(
  view: EditorView | undefined,
  text: string,
  range: { readonly from: number; readonly to: number } | undefined,
): void {
  if (view === undefined) return
  const { from, to } = range ?? view.state.selection.main
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    userEvent: 'input.complete',
  })
  view.focus()
}

function extensionsOf(latest: () => ChipEditorProps): Extension {
  const { isMultiline, placeholders, suggestions } = latest()
  return [
    chipExtension(() => ({
      lookOf: (reference) => latest().lookOf(reference),
      onFix: (broken) => latest().onFix(broken),
      onFormat: (chip) => latest().onFormat(chip),
    })),
    placeholders === undefined ? [] : placeholderExtension(placeholders),
    suggestions === undefined && placeholders === undefined
      ? []
      : [
          autocompletion({
            override: [(context) => suggest(context, latest())],
            icons: false,
            // What is seen can be taken at once.
            interactionDelay: 0,
            optionClass: ({ type }) => (type === 'note' ? 'cm-note' : ''),
          }),
          keymap.of([{ key: 'Enter', run: acceptCompletion }]),
        ],
    isMultiline === true ? [] : oneLine,
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return
      const slash = slashIn(update.view, update.transactions)
      if (slash !== undefined) queueMicrotask(() => latest().onSlash(slash))
    }),
  ]
}

const oneLine: Extension = [
  keymap.of([{ key: 'Enter', run: () => true }]),
  EditorView.clipboardInputFilter.of((text) => text.replace(/\s*\n\s*/g, ' ')),
  EditorState.transactionFilter.of((transaction) =>
    transaction.isUserEvent('input') && transaction.newDoc.lines > transaction.startState.doc.lines
      ? []
      : transaction,
  ),
]

function suggest(
  context: CompletionContext,
  { suggestions, placeholders }: ChipEditorProps,
): CompletionResult | null {
  if (placeholders !== undefined) return suggestPlaceholders(context, placeholders)
  if (suggestions === undefined) return null
  const { items, note, more } = suggestions
  const typed = context.state.doc.toString()
  const { explicit } = context
  if (items.length === 0) {
    const saying = { label: note, type: 'note', apply: () => undefined }
    return explicit ? { from: 0, options: [saying], filter: false } : null
  }
  // Asked for by its button, the list shows everything, whatever stands in the field.
  const isWanted = (text: string) =>
    text !== '' && !items.includes(text) && more?.items.includes(text) !== true
  if (!explicit && !isWanted(typed)) return null
  const further = more?.items.map((label) => ({ label, section: more.title })) ?? []
  return {
    from: 0,
    to: context.state.doc.length,
    options: [...items.map((label) => ({ label })), ...further],
    // Asked anew after each letter, the open list would not take the keys that follow at once.
    ...(explicit ? { filter: false } : { validFor: isWanted }),
  }
}

function slashIn(
  view: EditorView,
  transactions: readonly { isUserEvent(event: string): boolean }[],
): InsertionPoint | undefined {
  if (!transactions.some((transaction) => transaction.isUserEvent('input.type'))) return undefined
  const { head, empty } = view.state.selection.main
  if (!empty || view.state.sliceDoc(head - 1, head) !== '/') return undefined
  const before = view.state.sliceDoc(head - 2, head - 1)
  if (before !== '' && !/[\s\uE001]/.test(before)) return undefined
  const box = () => {
    const { left, top, bottom } = view.coordsAtPos(head) ?? view.dom.getBoundingClientRect()
    return new DOMRect(left, top, 0, bottom - top)
  }
  return { from: head - 1, to: head, anchor: { getBoundingClientRect: box } }
}
