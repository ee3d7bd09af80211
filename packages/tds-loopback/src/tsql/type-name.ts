import { afterGroup, isSymbol, type Token } from './tokens.ts'
import { types } from './vocabulary.ts'

/** A type where a statement names one. */
export interface NamedType {
  /** As PostgreSQL calls it. */
  readonly sql: string
  /** As it was declared: `nvarchar(max)`. */
  readonly declared: string
  /** The index of the token after it. */
  readonly end: number
}

/** What `PostgreSQL` counts no finer than. */
const finestSecond = 6

/**
 * Reads the type that begins at a token; `undefined` when there is none. A text type without a
 * length has `defaultLength` characters.
 */
export function readTypeName(
  tokens: readonly Token[],
  start: number,
  defaultLength: number,
): NamedType | undefined {
  const name = tokens[start]?.text.toUpperCase() ?? ''
  const pattern = types.get(name)
  if (pattern === undefined) return undefined
  const hasGroup = isSymbol(tokens[start + 1], '(')
  const end = hasGroup ? afterGroup(tokens, start + 1) : start + 1
  const inside = tokens.slice(start + 2, hasGroup ? end - 1 : start + 2)
  const size = inside.map(({ text }) => text.toLowerCase()).join('')
  const declared = name.toLowerCase() + (size === '' ? '' : `(${size})`)
  return { sql: sqlOf(pattern, size, defaultLength), declared, end }
}

function sqlOf(pattern: string, size: string, defaultLength: number): string {
  if (pattern === 'varchar{n}' && size === 'max') return 'text'
  if (/^(?:timestamp|timestamptz|time)$/.test(pattern)) {
    return `${pattern}(${Math.min(Number(size === '' ? finestSecond : size), finestSecond)})`
  }
  const isText = pattern.startsWith('varchar') || pattern.startsWith('character')
  const length = size === '' && isText ? String(defaultLength) : size
  return pattern.replace('{n}', length === '' ? '' : `(${length})`)
}
