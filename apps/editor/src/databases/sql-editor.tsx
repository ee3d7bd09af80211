import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { MSSQL, PostgreSQL, sql, type SQLNamespace } from '@codemirror/lang-sql'
import {
  Compartment,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Extension,
} from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { sourceClass, sourceLook } from '../text-editor/source-look.ts'
import { useSourceEditor, type SourceEditorProps } from '../text-editor/use-source-editor.ts'
import { parametersIn } from './parameters-in.ts'
import styles from './sql-editor.module.css'

export interface SqlEditorProps extends SourceEditorProps {
  readonly system: 'postgres' | 'sqlserver'
  /** The names of the parameters that there are. */
  readonly parameters: readonly string[]
  /** The columns of tables by the tables' names, as far as they are known. */
  readonly tables: Readonly<Record<string, readonly string[]>>
}

/** An editor for one SQL statement. Loaded on demand: see `lazy-sql-editor.tsx`. */
export function SqlEditor(props: SqlEditorProps) {
  const language = useRef(new Compartment()).current
  const { place, view } = useSourceEditor(props, (latest) => extensionsOf(latest, language))
  const { system, tables, parameters } = props

  useEffect(() => {
    view.current?.dispatch({ effects: language.reconfigure(languageOf(system, tables)) })
  }, [view, language, system, tables])

  const names = parameters.join(' ')
  useEffect(() => {
    view.current?.dispatch({ effects: parametersChanged.of(names.split(' ')) })
  }, [view, names])

  return <div ref={place} className={sourceClass} />
}

function extensionsOf(latest: () => SqlEditorProps, language: Compartment): Extension {
  const { system, tables } = latest()
  return [
    sourceLook,
    language.of(languageOf(system, tables)),
    parameterMarks(latest()),
    autocompletion({ icons: false, interactionDelay: 0 }),
    // Beside the keywords and tables that the language itself suggests.
    suggestNames(latest),
  ]
}

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
