import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The name of the packed cluster in `dist`. */
export const preparedClusterFile = 'embedded-postgres.tar.gz'

/**
 * The packed cluster with the example's tables, which `pnpm build` makes: in the `dist` of this
 * package for the sources, beside the bundle for the bundle. `undefined` where it was not built: then
 * a fresh cluster is made at the first use, with no tables.
 */
export function preparedCluster(): string | undefined {
  const directory = import.meta.url.endsWith('.ts') ? '../../../dist' : '.'
  const file = fileURLToPath(new URL(`${directory}/${preparedClusterFile}`, import.meta.url))
  return existsSync(file) ? file : undefined
}
