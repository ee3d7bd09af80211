import type { TableName } from '@millrace/nodes'

type System = 'postgres' | 'sqlserver'

const plain = {
  // PostgreSQL folds what is not quoted to lower case.
  postgres: /^[a-z_][a-z0-9_]*$/,
  sqlserver: /^[A-Za-z_][A-Za-z0-9_]*$/,
} as const satisfies Record<System, RegExp>

const usualSchemas = { postgres: 'public', sqlserver: 'dbo' } as const

/** A name as it stands in a statement: quoted where the database would read it as another. */
export function identifierText(system: System, name: string): string {
  if (plain[system].test(name)) return name
  return system === 'postgres'
    ? `"${name.replaceAll('"', '""')}"`
    : `[${name.replaceAll(']', ']]')}]`
}

/** A table as it stands in a statement, with its schema where that is not the usual one. */
export function tableText(system: System, { schema, name }: TableName): string {
  const table = identifierText(system, name)
  return schema === usualSchemas[system] ? table : `${identifierText(system, schema)}.${table}`
}
