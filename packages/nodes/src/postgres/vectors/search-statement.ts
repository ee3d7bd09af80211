import { FlowError, type Filter, type FilterRow, type SqlParameter } from '@millrace/flow'
import type { BoundStatement, SqlDialect, TableColumn } from '../../sql/database.ts'
import { columnNamed } from '../../sql/table-column.ts'
import type { FieldColumn, VectorTable } from './vector-table.ts'

/** The operators of pgvector; each gives a distance, so that smaller is closer. */
const distanceOperators = {
  cosine: '<=>',
  euclidean: '<->',
  dotProduct: '<#>',
  manhattan: '<+>',
} as const

/** Which records are wanted, and how many. */
export interface VectorSearch {
  readonly vector: readonly number[]
  readonly distanceFunction: keyof typeof distanceOperators
  readonly filter: Filter<string | null, unknown> | undefined
  readonly top: number
  readonly skip: number
  readonly scoreLimit: number | undefined
}

/**
 * The statement that finds the nearest records: their key, content, other fields and distance, in
 * this order. Throws for a filter on what is no column.
 */
export function searchStatement(
  { quote }: Pick<SqlDialect, 'quote'>,
  { table, key, vector, content, others }: VectorTable,
  search: VectorSearch,
): BoundStatement {
  const parameters: SqlParameter<unknown>[] = []
  const bind = (value: unknown, type: SqlParameter['type'] = 'auto') => {
    const name = `p${parameters.length}`
    parameters.push({ name, type, value })
    return `@${name}`
  }
  const column = ({ name }: TableColumn) => quote(name)
  const nameOf = (field: FieldColumn) => column(field.column)
  const distance = `${nameOf(vector)} ${distanceOperators[search.distanceFunction]} ${bind(search.vector, 'vector')}`
  const conditions = [`${nameOf(vector)} IS NOT NULL`]
  if (search.filter !== undefined && search.filter.rows.length > 0) {
    const rows = search.filter.rows.map((row) =>
      comparison(row, columnOf(table, row), { column, bind }),
    )
    conditions.push(`(${rows.join(search.filter.match === 'all' ? ' AND ' : ' OR ')})`)
  }
  if (search.scoreLimit !== undefined) {
    conditions.push(`${distance} <= ${bind(search.scoreLimit, 'number')}`)
  }
  const columns = [key, content, ...others].map(nameOf)
  return {
    statement: [
      'SELECT * FROM (',
      `  SELECT ${columns.join(', ')}, ${distance}`,
      `    FROM ${quote(table.schema)}.${quote(table.name)}`,
      `   WHERE ${conditions.join(' AND ')}`,
      // By the distance alone: only so is an index of vectors sure to be used.
      `   ORDER BY ${distance}`,
      `   LIMIT ${bind(search.top + search.skip, 'integer')}`,
      ') AS nearest',
      // Equally near ones by their key.
      ` ORDER BY ${columns.length + 1}, 1`,
      `OFFSET ${bind(search.skip, 'integer')}`,
    ].join('\n'),
    parameters,
  }
}

type Row = FilterRow<string | null, unknown>

function columnOf(table: VectorTable['table'], { field }: Row): TableColumn {
  if (field !== null && field.trim() !== '') return columnNamed(table, field)
  throw new FlowError(
    'input_invalid',
    'A row of the Filter has no field. Choose one, or remove the row.',
  )
}

interface Writing {
  readonly column: (column: TableColumn) => string
  readonly bind: (value: unknown) => string
}

/** In a filter null is a value like any other: equal to itself and different from the rest. */
function comparison(
  { operator, value }: Row,
  compared: TableColumn,
  { column, bind }: Writing,
): string {
  const name = column(compared)
  switch (operator) {
    case 'equals':
      return value === null ? `${name} IS NULL` : `${name} = ${bind(value)}`
    case 'notEquals':
      return value === null ? `${name} IS NOT NULL` : `${name} IS DISTINCT FROM ${bind(value)}`
    case 'less':
      return `${name} < ${bind(value)}`
    case 'lessOrEqual':
      return `${name} <= ${bind(value)}`
    case 'greater':
      return `${name} > ${bind(value)}`
    case 'greaterOrEqual':
      return `${name} >= ${bind(value)}`
    case 'in': {
      const items = listOf(value)
      const isAny = `${name} = ANY (${bind(items.filter((item) => item !== null))})`
      return items.includes(null) ? `(${isAny} OR ${name} IS NULL)` : isAny
    }
  }
}

/** A list as it is; text as the JSON list that it is, or as values with commas between. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string') return [value]
  const list = jsonListIn(value)
  return list ?? value.split(',').map((item) => item.trim())
}

function jsonListIn(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}
