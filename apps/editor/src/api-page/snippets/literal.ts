import type { JsonValue } from '@millrace/flow'

interface Style {
  readonly constants: { readonly true: string; readonly false: string; readonly null: string }
  readonly text: (text: string) => string
  readonly key: (key: string) => string
  /** What stands within the braces of a record on one line. */
  readonly space: string
}

/** A value as TypeScript writes it. */
export function typescriptLiteral(value: JsonValue, indent = ''): string {
  return literal(value, typescript, indent)
}

/** A value as Python writes it. */
export function pythonLiteral(value: JsonValue, indent = ''): string {
  return literal(value, python, indent)
}

const typescript: Style = {
  constants: { true: 'true', false: 'false', null: 'null' },
  text: singleQuoted,
  // As a key of its own, not as the prototype that it is by its name.
  key: (key) =>
    key === '__proto__'
      ? `['__proto__']`
      : /^[A-Za-z_$][\w$]*$/.test(key)
        ? key
        : singleQuoted(key),
  space: ' ',
}

const python: Style = {
  constants: { true: 'True', false: 'False', null: 'None' },
  // Python reads every escape that JSON has.
  text: (text) => JSON.stringify(text),
  key: (key) => JSON.stringify(key),
  space: '',
}

function singleQuoted(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/\\.|'/g, (found) =>
      found === String.raw`\"` ? '"' : found === "'" ? "\\'" : found,
    )
  return `'${escaped}'`
}

/** Behind it stands the rest of a line, such as a name and a comma. */
const longestLine = 64

function literal(value: JsonValue, style: Style, indent: string): string {
  if (typeof value === 'string') return style.text(value)
  if (typeof value === 'number') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) {
    return style.constants[value === null ? 'null' : value ? 'true' : 'false']
  }
  const isList = Array.isArray(value)
  const write = (inner: string) =>
    isList
      ? value.map((item) => literal(item, style, inner))
      : Object.entries(value).map(
          ([key, item]) => `${style.key(key)}: ${literal(item, style, inner)}`,
        )
  const [open, close, space] = isList ? ['[', ']', ''] : ['{', '}', style.space]
  const parts = write(indent)
  if (parts.length === 0) return open + close
  const line = `${open}${space}${parts.join(', ')}${space}${close}`
  if (line.length + indent.length <= longestLine && !line.includes('\n')) return line
  const inner = `${indent}  `
  return `${open}\n${write(inner)
    .map((part) => `${inner}${part},\n`)
    .join('')}${indent}${close}`
}
