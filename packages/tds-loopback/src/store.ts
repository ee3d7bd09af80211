import type { PGlite } from '@electric-sql/pglite'
import { prepareCatalogue, readRelations } from './catalogue.ts'
import { longestShort, type TdsType } from './protocol/types.ts'
import type { Column } from './protocol/tokens.ts'
import type { Relation } from './tsql/names.ts'
import type { Query } from './tsql/translate.ts'
import { Turns } from './turns.ts'

/** What a statement gave: values as PostgreSQL writes them. */
export interface Answer {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly count: number
}

/** The one PostgreSQL that all sessions share, in turns. */
export class Store {
  readonly turns = new Turns()
  readonly #database: PGlite
  #relations: readonly Relation[] = []

  private constructor(database: PGlite) {
    this.#database = database
  }

  /** Opens it as the database of this name. */
  static async open(database: PGlite, name: string): Promise<Store> {
    const store = new Store(database)
    await prepareCatalogue(database, name)
    await store.refresh()
    return store
  }

  get relations(): readonly Relation[] {
    return this.#relations
  }

  /** Reads anew which tables there are. */
  async refresh(): Promise<void> {
    this.#relations = await readRelations(this.#database)
  }

  /** Runs statements without values, for what they do. */
  async run(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.#database.exec(statement)
  }

  async query({ sql, parameters }: Query): Promise<Answer> {
    const values = parameters.map(({ value }) => value)
    const { fields, rows, affectedRows } = await this.#database.query<(string | null)[]>(
      sql,
      values,
      { rowMode: 'array', parsers: asText, serializers: asText },
    )
    const columns = fields.map(({ name, dataTypeID }, index) => {
      const texts = rows.map((row) => row[index] ?? null)
      return { name: name === '?column?' ? '' : name, type: typeOf(dataTypeID, texts) }
    })
    return { columns, rows, count: fields.length > 0 ? rows.length : (affectedRows ?? 0) }
  }
}

const oid = {
  boolean: 16,
  bytea: 17,
  bigint: 20,
  smallint: 21,
  integer: 23,
  json: 114,
  real: 700,
  double: 701,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
} as const

/** Leaves values as PostgreSQL writes and reads them. */
const asText = Object.fromEntries(
  Object.values(oid).map((id) => [id, (value: string) => value] as const),
)

function typeOf(typeId: number, texts: readonly (string | null)[]): TdsType {
  switch (typeId) {
    case oid.boolean:
      return { kind: 'bit' }
    case oid.bytea:
      return { kind: 'varbinary', length: lengthFor(texts, (text) => text.length / 2 - 1) }
    case oid.bigint:
      return { kind: 'int', size: 8 }
    case oid.integer:
      return { kind: 'int', size: 4 }
    case oid.smallint:
      return { kind: 'int', size: 2 }
    case oid.real:
      return { kind: 'float', size: 4 }
    case oid.double:
      return { kind: 'float', size: 8 }
    case oid.date:
      return { kind: 'date' }
    case oid.time:
      return { kind: 'time' }
    case oid.timestamp:
      return { kind: 'datetime2' }
    case oid.timestamptz:
      return { kind: 'datetimeoffset' }
    case oid.numeric:
      return {
        kind: 'decimal',
        scale: texts.reduce((most, text) => Math.max(most, digitsAfterPoint(text)), 0),
      }
    case oid.uuid:
      return { kind: 'uniqueidentifier' }
    default:
      return { kind: 'nvarchar', length: lengthFor(texts, (text) => text.length * 2) }
  }
}

function lengthFor(
  texts: readonly (string | null)[],
  bytesOf: (text: string) => number,
): 'short' | 'max' {
  return texts.some((text) => text !== null && bytesOf(text) > longestShort) ? 'max' : 'short'
}

function digitsAfterPoint(text: string | null): number {
  return text?.split('.')[1]?.length ?? 0
}
