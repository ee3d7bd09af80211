import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { StartError } from '../start-error.ts'
import { flowsAndConnections } from './migrations/0001-flows-and-connections.ts'
import { runs } from './migrations/0001-runs.ts'
import { runHistory } from './migrations/0002-run-history.ts'
import { flowTests } from './migrations/0002-flow-tests.ts'
import { flowHistory } from './migrations/0003-flow-history.ts'
import { startKeys } from './migrations/0003-start-keys.ts'
import { calledRuns } from './migrations/0004-called-runs.ts'
import { prices } from './migrations/0004-prices.ts'
import { keys } from './migrations/0006-keys.ts'
import { runOwners } from './migrations/0006-run-owners.ts'
import { publications } from './migrations/0005-publications.ts'
import { variables } from './migrations/0005-variables.ts'
import { runOrder } from './migrations/0005-run-order.ts'
import { schedules } from './migrations/0007-schedules.ts'
import { runEnvironment } from './migrations/0007-run-environment.ts'
import { publicAccess } from './migrations/0008-public-access.ts'

type Step = (database: Kysely<unknown>) => Promise<void>

/** The steps of each database file, in order; a step that was released is never changed. */
const steps = {
  'millrace.db': {
    '0001-flows-and-connections': flowsAndConnections,
    '0002-flow-tests': flowTests,
    '0003-flow-history': flowHistory,
    '0004-prices': prices,
    '0005-publications': publications,
    '0005-variables': variables,
    '0006-keys': keys,
    '0007-schedules': schedules,
    '0008-public-access': publicAccess,
  },
  'runs.db': {
    '0001-runs': runs,
    '0002-run-history': runHistory,
    '0003-start-keys': startKeys,
    '0004-called-runs': calledRuns,
    '0005-run-order': runOrder,
    '0006-run-owners': runOwners,
    '0007-run-environment': runEnvironment,
  },
} satisfies Record<string, Record<string, Step>>

export type DatabaseFile = keyof typeof steps

/** Brings a database up to this version; there is no way down. Throws a `StartError` when it cannot. */
export async function migrate<Schema>(database: Kysely<Schema>, file: DatabaseFile): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries<Step>(steps[file]).map(([name, up]) => [name, { up }]),
  )
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  throw new StartError(
    `"${file}" in the data directory cannot be brought up to this version: ${reasonOf(error)} Start the Millrace that wrote it, or set MILLRACE_DATA_DIR to another directory.`,
  )
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.includes('missing') ? 'a newer Millrace wrote it.' : `${text.split('\n')[0]}.`
}
