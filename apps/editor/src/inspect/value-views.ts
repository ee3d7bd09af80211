import { hasParts } from './value-lines.ts'
import type { ResultView } from './result-parts.ts'

/** A way to look at a value. */
export type ValueLook = 'hits' | 'table' | 'tree' | 'text' | 'markdown' | 'json'

/** The words for each. */
export const lookLabels: Readonly<Record<ValueLook, string>> = {
  hits: 'Hits',
  table: 'Table',
  tree: 'Tree',
  text: 'Text',
  markdown: 'Markdown',
  json: 'JSON',
}

/** The ways in which a value can be looked at, the best one first. */
export function looksOf(view: ResultView, value: unknown): readonly ValueLook[] {
  switch (view.kind) {
    case 'hits':
      return ['hits', 'tree', 'json']
    case 'rows':
      return ['table', 'tree', 'json']
    case 'value':
      if (typeof value === 'string') return textLooks(value)
      return hasParts(value) ? ['tree', 'json'] : ['text']
  }
}

function textLooks(text: string): readonly ValueLook[] {
  return [
    ...(parsedJson(text) !== undefined ? (['tree', 'text'] as const) : (['text'] as const)),
    ...(looksLikeMarkdown(text) ? (['markdown'] as const) : []),
  ]
}

/** The record or the list that a text holds, as a stored history does; `undefined` where it holds none. */
export function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return hasParts(value) ? value : undefined
  } catch {
    return undefined
  }
}

function looksLikeMarkdown(text: string): boolean {
  return /(?:^|\n)(?:#{1,6} |[-*] |\d+\. |```|\|)|\*\*|`[^`\n]+`|\[[^\]\n]+\]\(/.test(
    text.slice(0, 20_000),
  )
}
