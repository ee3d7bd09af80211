import type { Token } from './tokens.ts'

/** A table or view of the database, with the names of its columns. */
export interface Relation {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
}

/**
 * Gives the names of one statement their case: SQL Server finds a table by its name in any case,
 * PostgreSQL only in its own. Names that the database does not have keep the case in which the
 * statement has them first.
 */
export function nameResolver(
  relations: readonly Relation[],
  tokens: readonly Token[],
): (name: string) => string {
  const mentioned = new Set(
    tokens.filter(({ kind }) => kind === 'word' || kind === 'name').map(({ text }) => folded(text)),
  )
  const names = new Map([
    ['inserted', 'inserted'],
    ['deleted', 'deleted'],
  ])
  for (const { schema, name, columns } of relations) {
    if (!mentioned.has(folded(name))) continue
    for (const known of [name, schema, ...columns]) names.set(folded(known), known)
  }
  return (name) => {
    const known = names.get(folded(name))
    if (known !== undefined) return known
    names.set(folded(name), name)
    return name
  }
}

function folded(name: string): string {
  return name.toLowerCase()
}

/** An identifier as PostgreSQL reads it in its own case. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
