import type { SqlSystem } from './sql-system.ts'

/** Quotes an identifier as a system has it, so that it is one whatever it holds. */
export function quoteIdentifier(system: SqlSystem['id'], identifier: string): string {
  return system === 'postgres'
    ? `"${identifier.replaceAll('"', '""')}"`
    : `[${identifier.replaceAll(']', ']]')}]`
}
