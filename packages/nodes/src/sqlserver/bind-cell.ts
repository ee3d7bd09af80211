import type { TableColumn } from '../sql/catalogue.ts'
import { bytesOfBase64 } from '../bytes-of-base64.ts'
import type { BoundCell } from '../sql/database.ts'

/**
 * A value is bound as what its column holds, and cast where that has a size of its own. Texts are not
 * cast: `CAST` would cut in silence what the table refuses. Bytes travel as base64 in JSON.
 */
export function bindCell(column: TableColumn, name: string, value: unknown): BoundCell {
  const parameter = `@${name}`
  if (isBinary(column)) {
    return {
      expression: `CAST(${parameter} AS varbinary(max))`,
      parameter: {
        name,
        type: 'auto',
        value: typeof value === 'string' ? bytesOfBase64(value) : value,
      },
    }
  }
  const isCast = column.type !== 'auto' && column.type !== 'text' && column.type !== 'json'
  return {
    expression: isCast ? `CAST(${parameter} AS ${column.databaseType})` : parameter,
    parameter: { name, type: column.type, value },
  }
}

function isBinary({ databaseType }: TableColumn): boolean {
  return /^(?:(?:var)?binary|image)\b/.test(databaseType)
}
