import { isRecord, type JsonValue } from '@millrace/flow'
import { counted } from '../ui/counted.ts'

/** One thing that a search found. */
export interface Hit {
  readonly key: unknown
  readonly content: string
  /** The distance: smaller is closer. */
  readonly score: number
  readonly metadata: Readonly<Record<string, unknown>>
}

/** How an output is best looked at. */
export type ResultView =
  | { readonly kind: 'hits'; readonly hits: readonly Hit[] }
  | {
      readonly kind: 'rows'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly JsonValue[])[]
    }
  | { readonly kind: 'value'; readonly value: unknown }

/** One output of a node, by the name of its variable. */
export interface ResultPart {
  readonly name: string
  readonly value: unknown
  readonly view: ResultView
  /** How much it is, in words; empty for a single value. */
  readonly size: string
}

/** What a node gave, each output in the way in which it is best looked at. */
export function resultParts(outputs: Readonly<Record<string, unknown>>): readonly ResultPart[] {
  return Object.entries(outputs).map(([name, value]) => {
    const view = viewOf(value)
    return { name, value, view, size: sizeOf(view) }
  })
}

/** How a value is best looked at. */
export function viewOf(value: unknown): ResultView {
  if (isRecord(value) && Array.isArray(value['records']) && value['records'].every(isHit)) {
    return { kind: 'hits', hits: value['records'] }
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) {
    const columns = [...new Set(value.flatMap((row) => Object.keys(row)))]
    const rows = value.map((row) => columns.map((column) => (row[column] ?? null) as JsonValue)) // an event's values are JSON
    return { kind: 'rows', columns, rows }
  }
  return { kind: 'value', value }
}

function isHit(record: unknown): record is Hit {
  return (
    isRecord(record) &&
    typeof record['content'] === 'string' &&
    typeof record['score'] === 'number' &&
    isRecord(record['metadata'])
  )
}

function sizeOf(view: ResultView): string {
  switch (view.kind) {
    case 'hits':
      return counted(view.hits.length, 'hit')
    case 'rows':
      return counted(view.rows.length, 'row')
    case 'value':
      return Array.isArray(view.value) ? counted(view.value.length, 'item') : ''
  }
}
