import { closeCompletion } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { Annotation, Compartment, EditorState, Prec, type Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view'
import { useEffect, useRef, type RefObject } from 'react'
import { documentCommands } from '../document/document-store.ts'
import { editorTheme } from './editor-theme.ts'

/** What every text editor of a field is given. */
export interface EditorShell {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly labelledBy: string
  readonly describedBy?: string | undefined
  readonly placeholder?: string | undefined
  readonly isMultiline?: boolean
  readonly isInvalid?: boolean
  readonly isRequired?: boolean
  /** A dialog edits a draft: undo stays inside it. Elsewhere undo is the document's. */
  readonly isDraft?: boolean
}

const fromOutside = Annotation.define<true>()

/**
 * Keeps a CodeMirror in an element for as long as the component stands. `extensions` is asked once,
 * and gets a way to what the component was last given.
 */
export function useEditorView<Props extends EditorShell>(
  props: Props,
  extensions: (latest: () => Props) => Extension,
): {
  readonly place: RefObject<HTMLDivElement | null>
  readonly view: RefObject<EditorView | undefined>
} {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  const makeExtensions = useRef(extensions)
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
        extensions: [
          makeExtensions.current(() => latest.current),
          common(() => latest.current),
          tooltips({ parent: homeOfPopups(parent), position: 'fixed' }),
          shell.of(shellOf(latest.current)),
        ],
      }),
    })
    view.current = created
    return () => created.destroy()
  }, [shell])

  const { text } = props
  useEffect(() => {
    const current = view.current
    if (current === undefined || current.state.doc.toString() === text) return
    current.dispatch({
      changes: { from: 0, to: current.state.doc.length, insert: text },
      annotations: fromOutside.of(true),
    })
  }, [text])

  const { labelledBy, describedBy, isInvalid, isRequired, isMultiline } = props
  const placeholderText = props.placeholder
  useEffect(() => {
    view.current?.dispatch({ effects: shell.reconfigure(shellOf(latest.current)) })
  }, [shell, labelledBy, describedBy, isInvalid, isRequired, isMultiline, placeholderText])

  return { place, view }
}

/** The panel clips, so suggestions stand above it; but a modal dialog hides what is outside of it. */
function homeOfPopups(place: HTMLElement): HTMLElement {
  return place.closest<HTMLElement>('[role="dialog"]') ?? document.body
}

function common(latest: () => EditorShell): Extension {
  return [
    editorTheme,
    EditorView.lineWrapping,
    // Before the dialog around it, which would close as well.
    Prec.highest(keymap.of([{ key: 'Escape', run: closeCompletion, stopPropagation: true }])),
    latest().isDraft === true ? [history(), keymap.of(historyKeymap)] : keymap.of(documentHistory),
    keymap.of(defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return
      if (update.transactions.some((transaction) => transaction.annotation(fromOutside))) return
      latest().onChange(update.state.doc.toString())
    }),
  ]
}

const documentHistory = [
  { key: 'Mod-z', run: () => (documentCommands.undo(), true), preventDefault: true },
  { key: 'Mod-y', run: () => (documentCommands.redo(), true), preventDefault: true },
  { key: 'Mod-Shift-z', run: () => (documentCommands.redo(), true), preventDefault: true },
]

/** What may change while the editor stands: its name, its state and its placeholder. */
function shellOf(props: EditorShell): Extension {
  return [
    placeholder(linesOf(props.placeholder ?? '')),
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

/** A placeholder of several lines keeps them. */
function linesOf(text: string): string | HTMLElement {
  if (!text.includes('\n')) return text
  const element = document.createElement('span')
  element.style.whiteSpace = 'pre-wrap'
  element.textContent = text
  return element
}
