import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartError } from '../start-error.ts'
import { expectData } from './back-up.ts'
import { databaseFiles } from './data-files.ts'

/**
 * Makes a data directory of a back-up, which stays as it is. Overwrites nothing: the data directory
 * may not be there, or is empty. Throws a `StartError`, also for a back-up that is damaged.
 */
export async function restore(backUp: string, dataDirectory: string): Promise<string> {
  const from = resolve(backUp)
  const directory = resolve(dataDirectory)
  expectData(from)
  for (const name of databaseFiles) expectSound(join(from, name))
  if (existsSync(directory) && (await readdir(directory)).length > 0) {
    throw new StartError(
      `The data directory "${directory}" is not empty, and a back-up takes the place of nothing. Move it away, or set MILLRACE_DATA_DIR to another one.`,
    )
  }
  const partial = `${directory}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(dirname(directory), { recursive: true })
  await mkdir(partial, { mode: 0o700 })
  await cp(from, partial, { recursive: true })
  await rm(directory, { recursive: true, force: true })
  await rename(partial, directory)
  return directory
}

function expectSound(file: string): void {
  if (!existsSync(file)) return
  const finding = findingOf(file)
  if (finding === 'ok') return
  throw new StartError(`"${file}" is damaged (${finding}). Take another back-up.`)
}

function findingOf(file: string): string {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { readOnly: true })
    return String(Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    database?.close()
  }
}
