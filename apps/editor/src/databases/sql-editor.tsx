import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { MSSQL, PostgreSQL, sql, type SQLNamespace } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import {
  Compartment,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Extension,
} from '@codemirror/state'
import { Decoration, EditorView, lineNumbers, type DecorationSet } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { problemFound, problemMark, type ProblemRange } from '../properties/problem-mark.ts'
import { useEditorView, type EditorShell } from '../properties/use-editor-view.ts'
import { parametersIn } from './parameters-in.ts'
import styles from './sql-editor.module.css'

/** What the owner of a SQL editor may do with it. */
export interface SqlEditorHandle {
  /** With the caret after so many characters; where it was when not given. */
  focus(caret?: number): void
  /** Puts text in place of the selection. */
  insert(text: string): void
}

export interface SqlEditorProps extends EditorShell {
  readonly handle?: Ref<SqlEditorHandle>
  readonly system: 'postgres' | 'sqlserver'
  /** The names of the parameters that there are. */
  readonly parameters: readonly string[]
  /** The columns of tables by the tables' names, as far as they are known. */
  readonly tables: Readonly<Record<string, readonly string[]>>
  readonly problem: ProblemRange | undefined
}

/** An editor for one SQL statement. Loaded on demand: see `lazy-sql-editor.tsx`. */
export function SqlEditor(props: SqlEditorProps) {
  const language = useRef(new Compartment()).current
  const { place, view } = useEditorView(props, (latest) => extensionsOf(latest, language))
  const { system, tables, parameters, problem, text } = props

  useEffect(() => {
    view.current?.dispatch({ effects: language.reconfigure(languageOf(system, tables)) })
  }, [view, language, system, tables])

  const names = parameters.join(' ')
  useEffect(() => {
    view.current?.dispatch({ effects: parametersChanged.of(names.split(' ')) })
  }, [view, names])

  const start = problem?.start
  const end = problem?.end
  useEffect(() => {
    const found = start === undefined || end === undefined ? undefined : { start, end }
    view.current?.dispatch({ effects: problemFound.of(found) })
  }, [view, text, start, end])

  useImperativeHandle(props.handle, () => ({
    focus(caret) {
      const current = view.current
      if (caret !== undefined) {
        const anchor = Math.min(caret, current?.state.doc.length ?? 0)
        current?.dispatch({ selection: { anchor } })
      }
      current?.focus()
    },
    insert(inserted) {
      const current = view.current
      if (current === undefined) return
      current.dispatch(current.state.replaceSelection(inserted), { userEvent: 'input.complete' })
      current.focus()
    },
  }))

  return <div ref={place} className={styles.editor} />
}

function extensionsOf(latest: () => SqlEditorProps, language: Compartment): Extension {
  const { system, tables } = latest()
  return [
    lineNumbers(),
    look,
    bracketMatching(),
    language.of(languageOf(system, tables)),
    syntaxHighlighting(colours),
    parameterMarks(latest()),
    problemMark,
    autocompletion({ icons: false, interactionDelay: 0 }),
    // Beside the keywords and tables that the language itself suggests.
    suggestNames(latest),
  ]
}

/** Over CodeMirror's own, which no layer of ours beats. */
const look = EditorView.theme({
  '.cm-gutters': { border: '0', color: 'var(--text-2)', backgroundColor: 'transparent' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 2px 0 8px' },
})

const dialects = { postgres: PostgreSQL, sqlserver: MSSQL } as const

function languageOf(system: SqlEditorProps['system'], tables: SqlEditorProps['tables']): Extension {
  const schema: SQLNamespace = Object.fromEntries(
    Object.entries(tables).map(([name, columns]) => [name, [...columns]]),
  )
  return sql({ dialect: dialects[system], schema, upperCaseKeywords: true })
}

/** Parameters after an `@`, and else the columns of the tables that the statement names. */
function suggestNames(latest: () => SqlEditorProps): Extension {
  const source = (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[@\w]+/)
    // After a dot, the language itself knows whose columns are meant.
    if (word === null || context.state.sliceDoc(word.from - 1, word.from) === '.') return null
    const { parameters, tables } = latest()
    return {
      from: word.from,
      options: [...parameters.map(optionOfParameter), ...columnsOf(tables)],
    }
  }
  return Object.values(dialects).map(({ language }) => language.data.of({ autocomplete: source }))
}

function optionOfParameter(name: string): Completion {
  return { label: `@${name}`, type: 'variable' }
}

function columnsOf(tables: SqlEditorProps['tables']): readonly Completion[] {
  return Object.entries(tables).flatMap(([table, columns]) =>
    // Nearer than the words of the language.
    columns.map((label) => ({ label, type: 'property', detail: ` ${table}`, boost: 50 })),
  )
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.typeName, tags.modifier], class: styles['keyword'] ?? '' },
  { tag: [tags.string, tags.special(tags.string)], class: styles['text'] ?? '' },
  { tag: [tags.number, tags.bool, tags.null], class: styles['number'] ?? '' },
  { tag: [tags.lineComment, tags.blockComment], class: styles['comment'] ?? '' },
  { tag: tags.standard(tags.name), class: styles['builtin'] ?? '' },
])

const parametersChanged = StateEffect.define<readonly string[]>()
const knownMark = Decoration.mark({ class: styles['parameter'] ?? '' })
const unknownMark = Decoration.mark({ class: styles['unknownParameter'] ?? '' })

/** Marks each `@name`, one that is no parameter as such. */
function parameterMarks({ system, parameters }: SqlEditorProps): Extension {
  const names = StateField.define<readonly string[]>({
    create: () => parameters,
    update: (current, { effects }) =>
      effects.find((effect) => effect.is(parametersChanged))?.value ?? current,
  })
  const marks = EditorView.decorations.compute(['doc', names], (state): DecorationSet => {
    const known = new Set(state.field(names).map((name) => name.toLowerCase()))
    const builder = new RangeSetBuilder<Decoration>()
    for (const { name, start, end } of parametersIn(state.doc.toString(), system)) {
      builder.add(start, end, known.has(name.toLowerCase()) ? knownMark : unknownMark)
    }
    return builder.finish()
  })
  return [names, marks]
}
