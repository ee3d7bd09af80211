import {
  acceptCompletion,
  autocompletion,
  startCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { documentCommands } from '../document/document-store.ts'
import { chipExtension, looksChanged, type ChipSource } from './chip-extension.ts'
import styles from './chip-editor.module.css'
import { chipEditorTheme } from './chip-editor-theme.ts'
import { chipOf } from './chip-text.ts'
import { placeholderExtension } from './placeholder-extension.ts'

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
  /** Opens the suggestions. */
  suggest(): void
}

export interface ChipEditorProps extends ChipSource {
  readonly handle?: Ref<ChipEditorHandle>
  /** As `chip-text.ts` writes it. */
  readonly text: string
  readonly onChange: (text: string) => void
  /** `/` was typed at the start of a word: a variable is wanted in its place. */
  readonly onSlash: (point: InsertionPoint) => void
  readonly labelledBy: string
  readonly describedBy?: string | undefined
  readonly placeholder?: string | undefined
  readonly isMultiline?: boolean
  readonly isInvalid?: boolean
  readonly isRequired?: boolean
  /** A dialog edits a draft: undo stays inside it. Elsewhere undo is the document's. */
  readonly isDraft?: boolean
  /** The `@@` placeholders of a prompt template. */
  readonly placeholders?: Readonly<Record<string, string>> | undefined
  /** What is suggested while somebody types. */
  readonly suggestions?: readonly string[] | undefined
}

const fromOutside = Annotation.define<true>()

/** A text editor in which references are chips. Loaded on demand: see `text-control.tsx`. */
export function ChipEditor(props: ChipEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  const shell = useRef(new Compartment()).current
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const parent = place.current
    if (parent === null) return undefined
    const created = new EditorView({
      parent,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [extensionsOf(() => latest.current), shell.of(shellOf(latest.current))],
      }),
    })
    view.current = created
    return () => created.destroy()
  }, [shell])

  const { text, lookOf } = props
  useEffect(() => {
    const current = view.current
    if (current === undefined || current.state.doc.toString() === text) return
    current.dispatch({
      changes: { from: 0, to: current.state.doc.length, insert: text },
      annotations: fromOutside.of(true),
    })
  }, [text])
  useEffect(() => view.current?.dispatch({ effects: looksChanged.of(null) }), [lookOf])

  const { labelledBy, describedBy, isInvalid, isRequired, isMultiline } = props
  const placeholderText = props.placeholder
  useEffect(() => {
    view.current?.dispatch({ effects: shell.reconfigure(shellOf(latest.current)) })
  }, [shell, labelledBy, describedBy, isInvalid, isRequired, isMultiline, placeholderText])

  useImperativeHandle(props.handle, () => ({
    focus: () => view.current?.focus(),
    insertText: (inserted, range) => insert(view.current, inserted, range),
    insertReference: (reference, range) => insert(view.current, chipOf(reference), range),
    suggest() {
      view.current?.focus()
      if (view.current !== undefined) startCompletion(view.current)
    },
  }))

  return <div ref={place} className={styles.editor} data-multiline={isMultiline || undefined} />
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

/** What may change while the editor stands: its name, its state and its placeholder. */
function shellOf(props: ChipEditorProps): Extension {
  return [
    placeholder(props.placeholder ?? ''),
    EditorView.contentAttributes.of({
      'aria-labelledby': props.labelledBy,
      'aria-multiline': String(props.isMultiline === true),
      ...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy }),
      ...(props.isInvalid === true ? { 'aria-invalid': 'true' } : {}),
      ...(props.isRequired === true ? { 'aria-required': 'true' } : {}),
      spellcheck: 'false',
    }),
  ]
}

function extensionsOf(latest: () => ChipEditorProps): Extension {
  const { isMultiline, isDraft, placeholders, suggestions } = latest()
  return [
    chipEditorTheme,
    EditorView.lineWrapping,
    // The panel and the dialogs clip: suggestions stand above them.
    tooltips({ parent: document.body, position: 'fixed' }),
    chipExtension(() => ({
      lookOf: (reference) => latest().lookOf(reference),
      onFix: (broken) => latest().onFix(broken),
    })),
    placeholders === undefined ? [] : placeholderExtension(placeholders),
    suggestions === undefined
      ? []
      : [
          autocompletion({ override: [(context) => suggest(context, latest())], icons: false }),
          keymap.of([{ key: 'Enter', run: acceptCompletion }]),
        ],
    isMultiline === true ? [] : oneLine,
    isDraft === true ? [history(), keymap.of(historyKeymap)] : keymap.of(documentHistory),
    keymap.of(defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return
      if (update.transactions.some((transaction) => transaction.annotation(fromOutside))) return
      latest().onChange(update.state.doc.toString())
      const slash = slashIn(update.view, update.transactions)
      if (slash !== undefined) queueMicrotask(() => latest().onSlash(slash))
    }),
  ]
}

const documentHistory = [
  { key: 'Mod-z', run: () => (documentCommands.undo(), true), preventDefault: true },
  { key: 'Mod-y', run: () => (documentCommands.redo(), true), preventDefault: true },
  { key: 'Mod-Shift-z', run: () => (documentCommands.redo(), true), preventDefault: true },
]

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
  { suggestions }: ChipEditorProps,
): CompletionResult | null {
  if (suggestions === undefined || suggestions.length === 0) return null
  const typed = context.state.doc.toString()
  if (typed === '' && !context.explicit) return null
  // Asked for by its button, the list shows everything, whatever stands in the field.
  const isWhole = suggestions.includes(typed)
  if (isWhole && !context.explicit) return null
  return {
    from: 0,
    to: context.state.doc.length,
    options: suggestions.map((label) => ({ label })),
    filter: !context.explicit,
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
