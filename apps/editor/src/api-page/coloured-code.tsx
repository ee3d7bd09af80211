import { tsxLanguage, typescriptLanguage } from '@codemirror/lang-javascript'
import { StreamLanguage } from '@codemirror/language'
import { json } from '@codemirror/legacy-modes/mode/javascript'
import { python } from '@codemirror/legacy-modes/mode/python'
import { shell } from '@codemirror/legacy-modes/mode/shell'
import { highlightCode } from '@lezer/highlight'
import { useMemo, type ReactNode } from 'react'
import { sourceColours } from '../text-editor/source-colours.ts'
import type { SnippetLanguage } from './snippets/snippet.ts'

const languages = {
  shell: StreamLanguage.define(shell),
  json: StreamLanguage.define(json),
  typescript: typescriptLanguage,
  tsx: tsxLanguage,
  python: StreamLanguage.define(python),
} satisfies Readonly<Record<SnippetLanguage, unknown>>

export interface ColouredCodeProps {
  readonly code: string
  readonly language: SnippetLanguage
}

/** Source text in the colours of the editor's own. */
export function ColouredCode({ code, language }: ColouredCodeProps) {
  return useMemo(() => coloured(code, language), [code, language])
}

function coloured(code: string, language: SnippetLanguage): ReactNode {
  // Where the module of a style is loaded its rules are there; an editor does that by itself.
  const parts: ReactNode[] = []
  highlightCode(
    code,
    languages[language].parser.parse(code),
    sourceColours,
    (text, classes) =>
      parts.push(
        classes === '' ? (
          text
        ) : (
          <span key={parts.length} className={classes}>
            {text}
          </span>
        ),
      ),
    () => parts.push('\n'),
  )
  return parts
}
