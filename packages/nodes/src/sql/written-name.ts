/** One part of a name as a designer wrote it. */
export interface NamePart {
  readonly text: string
  /** In quotes or brackets, which says that its case counts. */
  readonly isQuoted: boolean
}

/** A table's name as a designer wrote it. */
export interface WrittenName {
  readonly schema: NamePart | undefined
  readonly name: NamePart
}

/**
 * Reads the name of a table in any of the forms that designers write: `orders`, `sales.orders`,
 * `"My Table"`, `[dbo].[Orders]`. `undefined` when it is none; no part of it ever gets into a
 * statement, it is only compared with the catalogue.
 */
export function readWrittenName(written: string): WrittenName | undefined {
  const parts: NamePart[] = []
  const pattern =
    /\s*(?:"((?:[^"]|"")+)"|\[((?:[^\]]|\]\])+)\]|`([^`]+)`|([^\s."[\]`]+(?: +[^\s."[\]`]+)*))\s*(\.|$)/y
  while (pattern.lastIndex < written.length || parts.length === 0) {
    const [all, double, bracket, back, plain, end] = pattern.exec(written) ?? []
    if (all === undefined) return undefined
    const quoted = double?.replaceAll('""', '"') ?? bracket?.replaceAll(']]', ']') ?? back
    parts.push({ text: quoted ?? plain ?? '', isQuoted: quoted !== undefined })
    if (end === '') break
    if (pattern.lastIndex >= written.length) return undefined
  }
  const [first, second, ...more] = parts
  if (first === undefined || more.length > 0 || pattern.lastIndex < written.length) return undefined
  return second === undefined ? { schema: undefined, name: first } : { schema: first, name: second }
}
