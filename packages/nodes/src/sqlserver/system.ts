import type { SqlSystem } from '../sql/sql-system.ts'

export const sqlServer = {
  id: 'sqlserver',
  title: 'SQL Server',
  icon: 'sqlserver',
  connections: ['sqlserver'],
} as const satisfies SqlSystem
