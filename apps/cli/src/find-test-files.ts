import { glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from './exit-code.ts'

/** Where nobody keeps tests of their own. */
const passedOver = new Set(['node_modules', 'dist', '.git'])

/**
 * The files of tests at these paths, in order and each once: a file as it is, in a folder all
 * `*.test.json` of it and below. Throws a `UsageError` for a path that is not there.
 */
export async function findTestFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of paths) {
    if (await isFile(path)) {
      found.add(path)
      continue
    }
    const inFolder = glob('**/*.test.json', { cwd: path, exclude: (name) => passedOver.has(name) })
    for await (const file of inFolder) found.add(join(path, file))
  }
  return [...found].toSorted()
}

async function isFile(path: string): Promise<boolean> {
  const entry = await stat(path).catch(() => undefined)
  if (entry === undefined) throw new UsageError(`"${path}" is not there. Check the path.`)
  return entry.isFile()
}
