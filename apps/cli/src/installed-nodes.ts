import type { NodePackage } from '@millrace/engine'
import type { Registry } from '@millrace/flow'
import { loadNodePackages, registryWith } from '@millrace/server/node-packages'
import { readNodePackages } from '@millrace/server/settings'
import { StartError } from '@millrace/server/start-error'
import type { Environment } from './connections-file.ts'
import { UsageError } from './exit-code.ts'

/** What flows can be made of here: what Millrace brings, and the packages of `MILLRACE_NODES`. */
export interface InstalledNodes {
  readonly registry: Registry
  /** The packages beside Millrace's own. */
  readonly packages: readonly NodePackage[]
}

/**
 * Loads the packages that the environment names; modules are loaded once, however often this is asked.
 * Throws a `UsageError` that names one that cannot be used.
 */
export async function installedNodes(environment: Environment): Promise<InstalledNodes> {
  try {
    const packages = await loadNodePackages(readNodePackages(environment), process.cwd())
    return { packages, registry: registryWith(packages) }
  } catch (error) {
    if (error instanceof StartError) throw new UsageError(error.message)
    throw error
  }
}
