import { isIdentifier } from './name.ts'

/** A parsed reference: the variable, and the keys and indexes that lead into it. */
export interface Reference {
  readonly variable: string
  readonly path: readonly (string | number)[]
}

const step = /^(?:\.([A-Za-z_][A-Za-z0-9_]*)|\[(0|[1-9][0-9]{0,8})\]|\[("(?:[^"\\]|\\.)*")\])/

/** Reads `searchResult.records[0]["Order ID"]`; `undefined` when the text is no reference. */
export function parseReference(source: string): Reference | undefined {
  const variable = /^[A-Za-z][A-Za-z0-9_]*/.exec(source)?.[0]
  if (variable === undefined || !isIdentifier(variable)) return undefined
  const path: (string | number)[] = []
  let rest = source.slice(variable.length)
  while (rest !== '') {
    const match = step.exec(rest)
    if (match === null) return undefined
    const [whole, key, index, quoted] = match
    if (key !== undefined) path.push(key)
    else if (index !== undefined) path.push(Number(index))
    else {
      const text = readQuoted(quoted ?? '')
      if (text === undefined) return undefined
      path.push(text)
    }
    rest = rest.slice(whole.length)
  }
  return { variable, path }
}

function readQuoted(quoted: string): string | undefined {
  try {
    const text: unknown = JSON.parse(quoted)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

/** The text of a reference; `parseReference` reads it back. */
export function formatReference({ variable, path }: Reference): string {
  return (
    variable +
    path
      .map((key) => {
        if (typeof key === 'number') return `[${key}]`
        return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
      })
      .join('')
  )
}

/**
 * What a path leads to inside a value. Anything missing on the way, also on null, gives null; only
 * own keys count, so nothing of an object's prototype is ever reached.
 */
export function followPath(value: unknown, path: readonly (string | number)[]): unknown {
  let current: unknown = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return null
    // A list has items, and no fields: not even its length.
    if (Array.isArray(current) && typeof key !== 'number') return null
    current = (current as Record<string | number, unknown>)[key] // hasOwn proved the key
  }
  return current ?? null
}
