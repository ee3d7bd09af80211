import type { SqlSystem } from '../sql/sql-system.ts'

export const postgres = {
  id: 'postgres',
  title: 'PostgreSQL',
  icon: 'postgres',
  connections: ['postgres', 'embedded-postgres'],
} as const satisfies SqlSystem
