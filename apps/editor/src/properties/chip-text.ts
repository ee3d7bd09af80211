import {
  readBinding,
  readFormat,
  writeBinding,
  type ExpressionBinding,
  type JsonValue,
  type ReferenceBinding,
  type TextPart,
} from '@millrace/flow'

/**
 * Text with values as one editable string: a reference, or an expression after its mark, stands
 * between two private-use characters, which no keyboard types, so ordinary text such as `${x}` never
 * turns into one.
 */
const opening = '\uE000'
const closing = '\uE001'

/** Stands before the source in the chip of an expression; no reference begins so. */
export const expressionMark = '= '

/** Finds the chips in such a text; the first group is what the chip holds. */
export const chipPattern = /\uE000([^\uE000\uE001]*)\uE001/g
const strayMark = /[\uE000\uE001]/g

/** A reference, or an expression after its mark, as it stands in the editable string. */
export function chipOf(content: string): string {
  return opening + content + closing
}

/** What the chip of a value holds. */
export function contentOf(value: ReferenceBinding | ExpressionBinding): string {
  return '$ref' in value ? value.$ref : expressionMark + value.$expr
}

/** The value whose chip holds this. */
export function valueOfContent(
  content: string,
): { readonly $ref: string } | { readonly $expr: string } {
  return content.startsWith(expressionMark)
    ? { $expr: content.slice(expressionMark.length) }
    : { $ref: content }
}

/** A value of a run without the marks, so that nothing in it passes for a chip. */
export function withoutMarks(value: unknown): unknown {
  if (value === undefined) return undefined
  return JSON.parse(JSON.stringify(value).replace(strayMark, ''))
}

/**
 * The editable string of a property's value; `undefined` for values that are no text with references.
 * An expression alone is a chip where it only formats a variable.
 */
export function readChipText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return ''
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'literal':
      return typeof binding.value === 'string' ? binding.value : undefined
    case 'reference':
      return chipOf(binding.reference)
    case 'expression':
      return readFormat(binding.source) && chipOf(expressionMark + binding.source)
    case 'text':
      return binding.parts
        .map((part) => (typeof part === 'string' ? part : chipOf(contentOf(part))))
        .join('')
    default:
      return undefined
  }
}

/**
 * The value that an editable string stands for: nothing for an empty one, a plain string as it is,
 * a lone reference or expression as that, and text with them otherwise.
 */
export function writeChipText(text: string): JsonValue | undefined {
  const parts = partsOf(text)
  const [first, ...rest] = parts
  if (first === undefined) return undefined
  if (rest.length === 0) return typeof first === 'string' ? first : { ...first }
  return writeBinding({ kind: 'text', parts })
}

/** Whether anything but plain text stands in an editable string. */
export function hasChips(text: string): boolean {
  return partsOf(text).some((part) => typeof part !== 'string')
}

/** The parts of an editable string, none of them empty, and no two plain ones side by side. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(chipPattern)) {
    addText(text.slice(end, match.index))
    parts.push(valueOfContent(match[1] ?? ''))
    end = match.index + match[0].length
  }
  addText(text.slice(end))
  return parts

  function addText(piece: string): void {
    const plain = piece.replace(strayMark, '')
    if (plain !== '') parts.push(plain)
  }
}
