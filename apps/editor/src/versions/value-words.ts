import { excerptsOfChange, readBinding, type JsonValue } from '@millrace/flow'

interface Values {
  readonly before?: JsonValue
  readonly after?: JsonValue
}

/** What became of a value, as far as it differs. */
export function changeOf({ before, after }: Values): string {
  return excerptsOfChange(textOf(before), textOf(after)).join(' → ')
}

/** A value as its field shows it, in one line. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'not set'
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return binding.reference
    case 'expression':
      return binding.source
    case 'text':
      return quoted(
        binding.parts
          .map((part) =>
            typeof part === 'string' ? part : `{${'$ref' in part ? part.$ref : part.$expr}}`,
          )
          .join(''),
      )
    case 'literal':
    case undefined:
      return literalText(binding === undefined ? value : binding.value)
  }
}

function literalText(value: JsonValue): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return JSON.stringify(value)
}

function quoted(text: string): string {
  return `“${text.replaceAll(/\s+/g, ' ')}”`
}
