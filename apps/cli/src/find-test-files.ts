import { UsageError } from './exit-code.ts'
import { filesInFolder } from './files-in-folder.ts'
import { isFolder, isThere } from './is-there.ts'

/**
 * The files of tests at these paths, in order and each once: a file as it is, of a folder all
 * `*.test.json`, as `filesInFolder` finds them. Throws a `UsageError` for a path that is not there.
 */
export async function findTestFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of paths) {
    if (await isFolder(path)) {
      for (const file of await filesInFolder(path, '.test.json')) found.add(file)
    } else if (await isThere(path)) found.add(path)
    else throw new UsageError(`"${path}" is not there. Check the path.`)
  }
  return [...found].toSorted()
}
