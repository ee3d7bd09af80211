import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { hasCode } from '../has-code.ts'
import { StartError } from '../start-error.ts'

/**
 * The key in the data directory's own key file, for servers without `MILLRACE_SECRET_KEY`; made,
 * readable by its owner alone, when there is none. Called by the holder of the directory's lock.
 */
export function keyFileIn(directory: string): string {
  const file = join(directory, 'secret.key')
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
  const key = readFileSync(file, 'utf8').trim()
  if (key.length >= 16) return key
  throw new StartError(
    `The key file "${file}" is damaged. Put back the key it held, or remove it and enter the secrets of the connections again.`,
  )
}

/** A new key in a file of its own, on the disk before anything is sealed with it. */
export function nextKeyFileIn(directory: string): string {
  const key = randomBytes(32).toString('base64url')
  const file = openSync(nextIn(directory), 'w', 0o600)
  writeFileSync(file, key)
  fsyncSync(file)
  closeSync(file)
  syncDirectory(directory)
  return key
}

/** The key that was to take the place of the key file's, where that was cut off. */
export function foundNextKey(directory: string): string | undefined {
  try {
    return readFileSync(nextIn(directory), 'utf8').trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** The next key is the key from now on. */
export function replaceKeyFile(directory: string): void {
  renameSync(nextIn(directory), join(directory, 'secret.key'))
  syncDirectory(directory)
}

export function dropNextKeyFile(directory: string): void {
  rmSync(nextIn(directory))
}

const nextIn = (directory: string) => join(directory, 'secret.key.next')

/** A name is on the disk when its directory is; where directories cannot be synced, they need not. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
