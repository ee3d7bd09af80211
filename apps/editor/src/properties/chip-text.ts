import { readBinding, writeBinding, type JsonValue } from '@millrace/flow'

/**
 * Text with references as one editable string: a reference stands between two private-use
 * characters, which no keyboard types, so ordinary text such as `${x}` never turns into one.
 */
const opening = '\uE000'
const closing = '\uE001'

/** Finds the references in such a text; the first group is the reference. */
export const chipPattern = /\uE000([^\uE000\uE001]*)\uE001/g
const strayMark = /[\uE000\uE001]/g

/** A reference as it stands in the editable string. */
export function chipOf(reference: string): string {
  return opening + reference + closing
}

/** A value of a run without the marks, so that nothing in it passes for a chip. */
export function withoutMarks(value: unknown): unknown {
  if (value === undefined) return undefined
  return JSON.parse(JSON.stringify(value).replace(strayMark, ''))
}

/** The editable string of a property's value; `undefined` for values that are no text with references. */
export function readChipText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return ''
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'literal':
      return typeof binding.value === 'string' ? binding.value : undefined
    case 'reference':
      return chipOf(binding.reference)
    case 'text':
      return binding.parts
        .map((part) => (typeof part === 'string' ? part : chipOf(part.$ref)))
        .join('')
    default:
      return undefined
  }
}

/**
 * The value that an editable string stands for: nothing for an empty one, a plain string as it is,
 * a lone reference as that reference, and text with references otherwise.
 */
export function writeChipText(text: string): JsonValue | undefined {
  const parts = partsOf(text)
  const [first, ...rest] = parts
  if (first === undefined) return undefined
  if (rest.length === 0) return typeof first === 'string' ? first : { ...first }
  return writeBinding({ kind: 'text', parts })
}

/** The parts of an editable string, none of them empty, and no two plain ones side by side. */
export function partsOf(text: string): (string | { readonly $ref: string })[] {
  const parts: (string | { readonly $ref: string })[] = []
  let end = 0
  for (const match of text.matchAll(chipPattern)) {
    addText(text.slice(end, match.index))
    parts.push({ $ref: match[1] ?? '' })
    end = match.index + match[0].length
  }
  addText(text.slice(end))
  return parts

  function addText(piece: string): void {
    const plain = piece.replace(strayMark, '')
    if (plain !== '') parts.push(plain)
  }
}
