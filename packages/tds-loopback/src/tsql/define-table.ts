import { quoted } from './names.ts'
import { rewrite, type Piece, type RewriteContext } from './rewrite.ts'
import { afterGroup, isSymbol, splitAt, wordOf, type Token } from './tokens.ts'
import { readTypeName } from './type-name.ts'

/** A statement that defines a table, and what is to be remembered of its columns. */
export interface TableDefinition {
  readonly pieces: readonly Piece[]
  /** Statements that note each column's declared type, which PostgreSQL would forget. */
  readonly notes: readonly string[]
}

/** The characters of a column whose type was named without a length. */
const columnLength = 1

/** Rewrites `CREATE TABLE name (…)`. */
export function defineTable(tokens: readonly Token[], context: RewriteContext): TableDefinition {
  const open = tokens.findIndex((token) => isSymbol(token, '('))
  const name = rewrite(tokens.slice(2, open), context)
  const rows = splitAt(tokens.slice(open + 1, afterGroup(tokens, open) - 1), ',')
  const defined = rows.map((row) => defineRow(row, context))
  const pieces: Piece[] = [{ text: 'create table' }, ...name, { text: '(' }]
  defined.forEach((row, index) => {
    if (index > 0) pieces.push({ text: ',' })
    pieces.push(...row.pieces)
  })
  const table = name.map(({ text }) => text).join('')
  return {
    pieces: [...pieces, { text: ')' }],
    notes: defined.flatMap((row) => noteOf(table, row)),
  }
}

/** Rewrites `ALTER TABLE name ADD column type`. */
export function addColumn(tokens: readonly Token[], context: RewriteContext): TableDefinition {
  const add = tokens.findIndex((token) => wordOf(token) === 'ADD')
  const name = rewrite(tokens.slice(2, add), context)
  const row = defineRow(tokens.slice(add + 1), context)
  const table = name.map(({ text }) => text).join('')
  return {
    pieces: [{ text: 'alter table' }, ...name, { text: 'add' }, ...row.pieces],
    notes: noteOf(table, row),
  }
}

interface DefinedRow {
  readonly pieces: readonly Piece[]
  readonly column?: { readonly name: string; readonly declared: string }
}

function noteOf(table: string, { column }: DefinedRow): readonly string[] {
  if (column === undefined) return []
  return [`comment on column ${table}.${column.name} is '${column.declared}'`]
}

const constraintWords = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK'])

function defineRow(row: readonly Token[], context: RewriteContext): DefinedRow {
  const [first] = row
  if (first === undefined || constraintWords.has(wordOf(first))) {
    return { pieces: rewrite(withoutOrders(row), context) }
  }
  const name = quoted(context.resolve(first.text))
  if (wordOf(row[1]) === 'AS') {
    const end = afterGroup(row, 2)
    const value = rewrite(row.slice(2, end), context)
    const pieces = [{ text: `${name} numeric generated always as` }, ...value, { text: 'stored' }]
    return { pieces, column: { name, declared: 'decimal(38,6)' } }
  }
  const type = readTypeName(row, 1, columnLength)
  if (type === undefined) return { pieces: rewrite(row, context) }
  const rest = rewriteRest(row.slice(type.end), context)
  return {
    pieces: [{ text: `${name} ${type.sql}`, token: first }, ...rest],
    column: { name, declared: type.declared },
  }
}

/** What follows a column's type. */
function rewriteRest(tokens: readonly Token[], context: RewriteContext): readonly Piece[] {
  const kept: Token[] = []
  const identity: Piece[] = []
  let index = 0
  while (index < tokens.length) {
    const token = tokens[index] as Token // below the length
    const word = wordOf(token)
    if (word === 'IDENTITY') {
      identity.push({ text: 'generated always as identity' })
      index = isSymbol(tokens[index + 1], '(') ? afterGroup(tokens, index + 1) : index + 1
    } else if (
      word === 'COLLATE' ||
      (word === 'CONSTRAINT' && wordOf(tokens[index + 2]) === 'DEFAULT')
    ) {
      // A default of PostgreSQL has no name.
      index += 2
    } else {
      kept.push(token)
      index += 1
    }
  }
  return [...identity, ...rewrite(withoutOrders(kept), context)]
}

/** What the keys of SQL Server say and those of PostgreSQL do not. */
function withoutOrders(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(
    (token) => !['CLUSTERED', 'NONCLUSTERED', 'ASC', 'DESC', 'PERSISTED'].includes(wordOf(token)),
  )
}
