import { resolve } from 'node:path'
import { createSecretBox } from '../connections/secret-box.ts'
import { lockDirectory } from '../data-directory/lock.ts'
import { keyFileIn, nextKeyFileIn, replaceKeyFile } from '../data-directory/secret-key.ts'
import { openStore } from '../database/open-store.ts'
import { expectData } from '../backup/back-up.ts'
import { StartError } from '../start-error.ts'
import { reseal, type Resealed } from './reseal.ts'
import { settleKeyFile } from './settle-key-file.ts'

export interface KeyRotation {
  readonly dataDirectory: string
  /** What the secrets were sealed with; the key file's when not given. */
  readonly secretKey: string | undefined
  /** What they are to be sealed with; a new key in the key file when not given. */
  readonly newSecretKey: string | undefined
}

/**
 * Seals every secret of a data directory with another key. Killed at any moment, the secrets open with
 * the old key or with the new one, and a server on a key file finds out with which. Throws a
 * `StartError`, also while a server runs on the directory: it knows the old key.
 */
export async function rotateKey(rotation: KeyRotation): Promise<Resealed> {
  const { secretKey, newSecretKey } = rotation
  const directory = resolve(rotation.dataDirectory)
  expectData(directory)
  if (secretKey !== undefined && newSecretKey === undefined) {
    throw new StartError(
      'The secrets are sealed with MILLRACE_SECRET_KEY. Set MILLRACE_NEW_SECRET_KEY to the key that is to take its place.',
    )
  }
  const lock = lockDirectory(directory)
  const { database } = await openStore(directory)
  try {
    await settleKeyFile(directory, database)
    const from = createSecretBox(secretKey ?? keyFileIn(directory))
    const to = createSecretBox(newSecretKey ?? nextKeyFileIn(directory))
    const resealed = await reseal(database, { from, to })
    if (newSecretKey === undefined) replaceKeyFile(directory)
    return resealed
  } finally {
    await database.destroy()
    lock.release()
  }
}
