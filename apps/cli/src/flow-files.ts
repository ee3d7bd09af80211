import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isRecord } from '@millrace/flow'
import { UsageError } from './exit-code.ts'
import { readFlow, readText, unreadable, whyOf, type FlowFile } from './read-flow.ts'

/** A flow file by its path. */
export type NamedFlowFile = FlowFile & { readonly path: string }

/**
 * Reads flow files, and all that lie in folders, at any depth, in the order of their paths. A file
 * that is named must be a flow; of a folder, JSON files that are none are left out, as are hidden
 * folders and `node_modules`. Throws a `UsageError` when there is none.
 */
export async function readFlowFiles(paths: readonly string[]): Promise<readonly NamedFlowFile[]> {
  const found: NamedFlowFile[] = []
  for (const path of paths) {
    if (await isFolder(path)) {
      for (const file of await flowFilesIn(path)) found.push(await readFound(file))
    } else found.push({ ...(await readFlow(path)), path })
  }
  if (found.length > 0) return found
  throw new UsageError(
    paths.length === 0
      ? 'Name a flow file, or a folder of them.'
      : `There is no flow file in ${paths.map((path) => `"${path}"`).join(', ')}.`,
  )
}

/** A file that a folder has, and that cannot be read, is one problem among others. */
async function readFound(path: string): Promise<NamedFlowFile> {
  try {
    return { ...(await readFlow(path)), path }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { status: 'malformed', problems: [unreadable(error)], path }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    // Reading it says why.
    return false
  }
}

async function flowFilesIn(folder: string): Promise<readonly string[]> {
  const files: string[] = []
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new UsageError(`"${folder}" cannot be read (${whyOf(error)}). Check who may read it.`)
  })
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules'
      if (!isHidden) files.push(...(await flowFilesIn(path)))
    } else if (entry.name.endsWith('.json') && (await claimsToBeFlow(path))) {
      files.push(path)
    }
  }
  return files
}

/** Whether a file says that it is a flow. A broken one is one too, so that it is not passed over. */
export async function claimsToBeFlow(path: string): Promise<boolean> {
  const text = await readText(path)
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) && value['format'] === 'millrace/flow'
  } catch {
    return /"format"\s*:\s*"millrace\/flow"/.test(text)
  }
}
