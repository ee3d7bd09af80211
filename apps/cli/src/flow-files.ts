import { isRecord } from '@millrace/flow'
import { UsageError } from './exit-code.ts'
import { filesInFolder } from './files-in-folder.ts'
import { isFolder } from './is-there.ts'
import { orMalformed, readFlow, readText, type FlowFile } from './read-flow.ts'

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
      for (const file of await flowFilesIn(path)) {
        found.push({ ...(await orMalformed(readFlow(file))), path: file })
      }
    } else found.push({ ...(await readFlow(path)), path })
  }
  if (found.length > 0) return found
  throw new UsageError(
    paths.length === 0
      ? 'Name a flow file, or a folder of them.'
      : `There is no flow file in ${paths.map((path) => `"${path}"`).join(', ')}.`,
  )
}

async function flowFilesIn(folder: string): Promise<readonly string[]> {
  const flows: string[] = []
  for (const path of await filesInFolder(folder, '.json')) {
    if (await claimsToBeFlow(path)) flows.push(path)
  }
  return flows
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
