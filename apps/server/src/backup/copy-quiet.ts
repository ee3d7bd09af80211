import { cp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode } from '../has-code.ts'
import { StartError } from '../start-error.ts'

/** Says who holds a directory that is open; a copy of it is nobody's. */
const lockFiles: ReadonlySet<string> = new Set(['lock', 'postmaster.pid'])

const attempts = 20
const pauseMs = 250

/**
 * Copies a directory that another process may be writing: as it is at one moment, since a copy counts
 * only if nothing was written meanwhile. A database that is found so is one whose machine stopped at
 * that moment, and such a one opens. Throws a `StartError` when it is never quiet for so long.
 */
export async function copyQuiet(from: string, to: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await sleep(pauseMs)
    if (await copiedUnchanged(from, to)) return
  }
  throw new StartError(
    `"${from}" was written to all the time, so that no copy of it is whole. Try again when less is stored, or stop the server first.`,
  )
}

async function copiedUnchanged(from: string, to: string): Promise<boolean> {
  try {
    const before = await stateOf(from)
    await rm(to, { recursive: true, force: true })
    const isData = (path: string) => !lockFiles.has(path.slice(from.length + 1))
    await cp(from, to, { recursive: true, filter: isData })
    return (await stateOf(from)) === before
  } catch (error) {
    // A file went away in between.
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

/** Every file with its size and when it was written. */
async function stateOf(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !lockFiles.has(entry.name))
  const states = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      const { size, mtimeNs } = await stat(path, { bigint: true })
      return `${path} ${size} ${mtimeNs}`
    }),
  )
  return states.sort().join('\n')
}
