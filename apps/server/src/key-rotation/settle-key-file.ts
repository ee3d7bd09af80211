import type { Kysely } from 'kysely'
import { createSecretBox } from '../connections/secret-box.ts'
import { dropNextKeyFile, foundNextKey, replaceKeyFile } from '../data-directory/secret-key.ts'
import type { StoreSchema } from '../database/schema.ts'
import { opensAny } from './reseal.ts'

/**
 * Ends a change of the key file that was cut off. All secrets are sealed in one transaction, so that
 * one which opens with the next key says that all do.
 */
export async function settleKeyFile(
  directory: string,
  database: Kysely<StoreSchema>,
): Promise<void> {
  const next = foundNextKey(directory)
  if (next === undefined) return
  if (await opensAny(database, createSecretBox(next))) replaceKeyFile(directory)
  else dropNextKeyFile(directory)
}
