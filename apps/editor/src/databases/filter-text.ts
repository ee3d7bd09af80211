import { filterOperators, readBinding, type Filter, type JsonValue } from '@millrace/flow'
import { partsOf } from '../properties/chip-text.ts'
import { readLiteralText, writeLiteralText } from '../properties/literal-text.ts'
import type { TextNotation } from '../properties/text-control.tsx'

/** A list as text: its items with commas between them. A variable that holds the list stands alone. */
export const listNotation: TextNotation = {
  read(value) {
    if (!Array.isArray(value)) return readLiteralText(value)
    const items = (value as readonly JsonValue[]).map(readLiteralText)
    return items.every((item) => item !== undefined) ? items.join(', ') : undefined
  },
  write(text) {
    if (text.trim() === '') return undefined
    if (partsOf(text).some((part) => typeof part !== 'string')) return writeLiteralText(text)
    return text
      .split(',')
      .map((item) => writeLiteralText(item.trim()))
      .filter((item) => item !== undefined)
  },
}

/** What a filter lets through, in one line. */
export function summaryOfFilter({ match, rows }: Filter): string {
  return rows
    .map(({ field, operator, value }) =>
      [textOf(field), filterOperators[operator], textOf(value)].join(' '),
    )
    .join(match === 'all' ? ' and ' : ' or ')
}

function textOf(value: JsonValue): string {
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return binding.reference
    case 'expression':
      return binding.source
    case 'text':
      return binding.parts
        .map((part) => (typeof part === 'string' ? part : textOf({ ...part })))
        .join('')
    case 'literal':
      return typeof binding.value === 'string' ? binding.value : JSON.stringify(binding.value)
    case undefined:
      return '?'
  }
}
