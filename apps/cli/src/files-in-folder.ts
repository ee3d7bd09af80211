import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from './exit-code.ts'
import { whyOf } from './read-flow.ts'

/**
 * The files of a folder whose names end so, at any depth, in the order of their paths. Hidden folders
 * and `node_modules`, where nobody keeps files of their own, are left out. Throws a `UsageError` for one
 * that cannot be read.
 */
export async function filesInFolder(folder: string, ending: string): Promise<readonly string[]> {
  const files: string[] = []
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new UsageError(`"${folder}" cannot be read (${whyOf(error)}). Check who may read it.`)
  })
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      const isLeftOut = entry.name.startsWith('.') || entry.name === 'node_modules'
      if (!isLeftOut) files.push(...(await filesInFolder(path, ending)))
    } else if (entry.name.endsWith(ending)) files.push(path)
  }
  return files
}
