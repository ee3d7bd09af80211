import type { Parameter } from '../protocol/parameters.ts'
import type { SqlServerError } from '../protocol/tokens.ts'
import { SqlServerFault } from '../sql-server-fault.ts'
import { addColumn, defineTable } from './define-table.ts'
import { nameResolver, quoted, type Relation } from './names.ts'
import { rewrite, type Piece, type RewriteContext } from './rewrite.ts'
import { declaresTable, nameTableVariables } from './table-variables.ts'
import { isSymbol, splitAt, tokensOf, wordOf, type Token } from './tokens.ts'

/** A statement of PostgreSQL, with where its words come from. */
export interface Query {
  readonly sql: string
  /** In the order of `$1`, `$2`, … */
  readonly parameters: readonly Parameter[]
  /** The token of the batch at a place in `sql`, counted from 1 as PostgreSQL does. */
  tokenAt(position: number): Token | undefined
}

/** One statement of a batch, as the server carries it out. */
export type Statement =
  | {
      readonly kind: 'query'
      readonly query: Query
      /** Further statements that belong to it; they answer nothing. */
      readonly notes: readonly string[]
      /** It is only done if this gives true. */
      readonly condition?: Query
      /** It changes what the catalogue has. */
      readonly defines: boolean
    }
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'nothing' }
  /** Makes a table variable; answers nothing. */
  | { readonly kind: 'declare'; readonly statements: readonly string[] }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'raise'; readonly error: SqlServerError }

/** What a statement can name; asked anew for each, since the ones before it may have changed it. */
export interface Surroundings {
  readonly parameters: readonly Parameter[]
  relations(): readonly Relation[]
  /** Values of `@@name`, as SQL. */
  globals(): ReadonlyMap<string, string>
}

/** Translates a batch of T-SQL, statement by statement. */
export function* translate(batch: string, surroundings: Surroundings): Iterable<Statement> {
  const session = surroundings.globals().get('@@SPID') ?? ''
  for (const tokens of splitAt(nameTableVariables(tokensOf(batch), session), ';')) {
    if (tokens.length > 0) yield translateStatement(tokens, surroundings)
  }
}

const settings = new Set(['SET', 'USE', 'PRINT'])

function translateStatement(tokens: readonly Token[], surroundings: Surroundings): Statement {
  const [first, second, third] = tokens.slice(0, 3)
  const word = wordOf(first)
  if (settings.has(word)) return { kind: 'nothing' }
  if (word === 'BEGIN' && wordOf(second).startsWith('TRAN')) return { kind: 'begin' }
  if (word === 'COMMIT') return { kind: 'commit' }
  if (word === 'ROLLBACK') return { kind: 'rollback' }
  if (declaresTable(tokens)) return declare(tokens, contextOf(tokens, surroundings))
  if (word === 'WAITFOR') return { kind: 'wait', ms: delayOf(third) }
  if (word === 'THROW') return { kind: 'raise', error: thrown(tokens) }
  if (word === 'EXEC' || word === 'EXECUTE') {
    const message = `Could not find stored procedure '${second?.text ?? ''}'.`
    throw new SqlServerFault({ number: 2812, message, line: first?.line ?? 1 })
  }
  return word === 'IF' ? conditional(tokens, surroundings) : query(tokens, surroundings)
}

function declare(tokens: readonly Token[], context: RewriteContext): Statement {
  const [, name, table, ...columns] = tokens
  const created = [table, name, ...columns].filter((token) => token !== undefined)
  // As in `CREATE TABLE name (…)`.
  const { pieces } = defineTable([...created.slice(0, 1), ...created], context)
  const { sql } = assemble(pieces, context)
  return {
    kind: 'declare',
    statements: [
      `drop table if exists ${quoted(name?.text ?? '')}`,
      sql.replace('create table', 'create temporary table'),
    ],
  }
}

function delayOf(token: Token | undefined): number {
  const [hours = 0, minutes = 0, seconds = 0] = (token?.text ?? '')
    .slice(1, -1)
    .split(':')
    .map(Number)
  return ((hours * 60 + minutes) * 60 + seconds) * 1000
}

/** `THROW 50001, N'What happened', 1` */
function thrown(tokens: readonly Token[]): SqlServerError {
  const [, number, , message] = tokens
  return {
    number: Number(number?.text),
    message: (message?.text ?? '').slice(1, -1).replaceAll("''", "'"),
    line: number?.line ?? 1,
  }
}

const statementWords = new Set(['CREATE', 'DELETE', 'DROP', 'INSERT', 'MERGE', 'SELECT', 'UPDATE'])

/** `IF condition statement`, without an else. */
function conditional(tokens: readonly Token[], surroundings: Surroundings): Statement {
  let depth = 0
  const start = tokens.findIndex((token) => {
    if (isSymbol(token, '(')) depth += 1
    if (isSymbol(token, ')')) depth -= 1
    return depth === 0 && statementWords.has(wordOf(token))
  })
  const context = contextOf(tokens, surroundings)
  const condition = [
    { text: 'select (' },
    ...rewrite(tokens.slice(1, start), context),
    { text: ')' },
  ]
  const statement = query(tokens.slice(start), surroundings)
  return { ...statement, condition: assemble(condition, context) }
}

function query(
  tokens: readonly Token[],
  surroundings: Surroundings,
): Extract<Statement, { readonly kind: 'query' }> {
  const context = contextOf(tokens, surroundings)
  const [first, second] = tokens.slice(0, 2)
  const word = wordOf(first)
  const isTable = wordOf(second) === 'TABLE'
  const defines = ['CREATE', 'ALTER', 'DROP', 'TRUNCATE'].includes(word)
  if (isTable && (word === 'CREATE' || tokens.some((token) => wordOf(token) === 'ADD'))) {
    const define = word === 'CREATE' ? defineTable : addColumn
    const { pieces, notes } = define(tokens, context)
    return { kind: 'query', query: assemble(pieces, context), notes, defines }
  }
  const { statement, output, target } = takeOutput(withInto(tokens))
  const returning =
    output.length === 0
      ? []
      : [
          { text: 'returning with (old as "deleted", new as "inserted")' },
          ...rewrite(output, context),
        ]
  const pieces = [...rewrite(statement, context), ...returning]
  const kept =
    target.length === 0
      ? pieces
      : [
          { text: 'with output as (' },
          ...pieces,
          { text: ') insert into' },
          ...rewrite(target, context),
          { text: 'select * from output' },
        ]
  return { kind: 'query', query: assemble(kept, context), notes: [], defines }
}

function contextOf(tokens: readonly Token[], surroundings: Surroundings): RewriteContext {
  return {
    resolve: nameResolver(surroundings.relations(), tokens),
    parameters: surroundings.parameters,
    globals: surroundings.globals(),
    used: [],
  }
}

const needsInto: Readonly<Record<string, string>> = {
  DELETE: 'FROM',
  INSERT: 'INTO',
  MERGE: 'INTO',
}

/** `DELETE t` and its like have a word more in PostgreSQL. */
function withInto(tokens: readonly Token[]): readonly Token[] {
  const [first, second, ...rest] = tokens
  const needed = needsInto[wordOf(first)]
  if (first === undefined || second === undefined) return tokens
  if (needed === undefined || wordOf(second) === needed) return tokens
  return [first, { kind: 'word', text: needed, line: first.line }, second, ...rest]
}

const afterOutput = new Set(['VALUES', 'SELECT', 'FROM', 'WHERE', 'DEFAULT'])

/** Takes `OUTPUT …` out of a statement, and `INTO …` out of that: PostgreSQL has it at the end. */
function takeOutput(tokens: readonly Token[]): {
  readonly statement: readonly Token[]
  readonly output: readonly Token[]
  /** The table that keeps the output; empty when the client gets it. */
  readonly target: readonly Token[]
} {
  const start = tokens.findIndex((token) => wordOf(token) === 'OUTPUT')
  if (start < 0) return { statement: tokens, output: [], target: [] }
  const length = tokens.slice(start).findIndex((token) => afterOutput.has(wordOf(token)))
  const end = length < 0 ? tokens.length : start + length
  const clause = tokens.slice(start + 1, end)
  const into = clause.findIndex((token) => wordOf(token) === 'INTO')
  return {
    statement: [...tokens.slice(0, start), ...tokens.slice(end)],
    output: into < 0 ? clause : clause.slice(0, into),
    target: into < 0 ? [] : clause.slice(into + 1),
  }
}

function assemble(pieces: readonly Piece[], { used }: RewriteContext): Query {
  const starts: { readonly start: number; readonly token: Token | undefined }[] = []
  let sql = ''
  for (const { text, token } of pieces) {
    starts.push({ start: sql.length, token })
    sql += `${text} `
  }
  return {
    sql,
    parameters: used,
    tokenAt: (position) => starts.findLast(({ start }) => start < position)?.token,
  }
}
