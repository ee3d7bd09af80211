import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { hasCode } from '../has-code.ts'
import { StartError } from '../start-error.ts'
import { copyQuiet } from './copy-quiet.ts'
import { clusterDirectory, databaseFiles, keyFiles } from './data-files.ts'

/** What a back-up has. */
export interface BackUp {
  readonly directory: string
  /** Whether the key that opens its secrets is in it; else it is what MILLRACE_SECRET_KEY was. */
  readonly hasKey: boolean
}

/**
 * Copies a data directory to a new one, also while a server runs on it: each database as it is at one
 * moment. The copy is there whole, or not at all. Throws a `StartError`.
 */
export async function backUp(dataDirectory: string, target: string): Promise<BackUp> {
  const from = resolve(dataDirectory)
  const directory = resolve(target)
  expectData(from)
  if (existsSync(directory)) {
    throw new StartError(`"${directory}" is there already. Name a directory that is not.`)
  }
  const partial = `${directory}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true, mode: 0o700 })
  for (const name of databaseFiles) {
    if (existsSync(join(from, name))) await copyDatabase(join(from, name), join(partial, name))
  }
  // After the databases: a key that is being changed was written before what it seals.
  for (const name of keyFiles) await copyKey(join(from, name), join(partial, name))
  const cluster = join(from, clusterDirectory)
  if (existsSync(cluster)) await copyQuiet(cluster, join(partial, clusterDirectory))
  await rename(partial, directory)
  return { directory, hasKey: existsSync(join(directory, keyFiles[0])) }
}

/** Throws a `StartError` for what no server has kept its data in. */
export function expectData(directory: string): void {
  if (existsSync(join(directory, databaseFiles[0]))) return
  throw new StartError(
    `"${directory}" holds no data of Millrace: there is no ${databaseFiles[0]}. Name another directory.`,
  )
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true })
  try {
    await backup(source, to)
  } finally {
    source.close()
  }
  await chmod(to, 0o600)
}

async function copyKey(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to)
    await chmod(to, 0o600)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}
