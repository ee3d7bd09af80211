import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
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
