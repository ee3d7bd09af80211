import type { Kysely, Transaction } from 'kysely'
import type { SecretBox, SecretPlace } from '../connections/secret-box.ts'
import type { StoreSchema } from '../database/schema.ts'
import { placeOfVariable } from '../variables/variables.ts'

/** What became of the sealed texts of a store. */
export interface Resealed {
  readonly count: number
  /** Of those that the old key does not open: they stay as they are. */
  readonly locked: number
}

type SealedTexts = Readonly<Record<string, string>>

/** Seals everything that `from` opens with `to` instead, in one transaction. */
export async function reseal(
  database: Kysely<StoreSchema>,
  { from, to }: { readonly from: SecretBox; readonly to: SecretBox },
): Promise<Resealed> {
  let count = 0
  let locked = 0
  function again(sealed: SealedTexts, placeOf: (key: string) => SecretPlace): string {
    const entries = Object.entries(sealed).map(([key, text]) => {
      const opened = from.open(text, placeOf(key))
      if (opened === undefined) locked += 1
      else count += 1
      return [key, opened === undefined ? text : to.seal(opened, placeOf(key))]
    })
    return JSON.stringify(Object.fromEntries(entries))
  }
  await database.transaction().execute(async (transaction) => {
    for (const { table, key, texts, placeOf } of await sealedRows(transaction)) {
      const change = again(texts, placeOf)
      await (table === 'connections'
        ? transaction.updateTable(table).set({ secrets: change }).where('id', '=', key).execute()
        : transaction.updateTable(table).set({ values: change }).where('name', '=', key).execute())
    }
  })
  return { count, locked }
}

/** Whether a key opens anything that is sealed. */
export async function opensAny(database: Kysely<StoreSchema>, box: SecretBox): Promise<boolean> {
  const rows = await sealedRows(database)
  return rows.some(({ texts, placeOf }) =>
    Object.entries(texts).some(([key, text]) => box.open(text, placeOf(key)) !== undefined),
  )
}

interface SealedRow {
  readonly table: 'connections' | 'variables'
  readonly key: string
  readonly texts: SealedTexts
  readonly placeOf: (key: string) => SecretPlace
}

async function sealedRows(
  database: Kysely<StoreSchema> | Transaction<StoreSchema>,
): Promise<readonly SealedRow[]> {
  const connections = await database.selectFrom('connections').select(['id', 'secrets']).execute()
  const variables = await database
    .selectFrom('variables')
    .select(['name', 'values'])
    .where('is_secret', '=', 1)
    .execute()
  return [
    ...connections.map(({ id, secrets }) => ({
      table: 'connections' as const,
      key: id,
      texts: textsIn(secrets),
      placeOf: (field: string) => ({ connection: id, field }),
    })),
    ...variables.map(({ name, values }) => ({
      table: 'variables' as const,
      key: name,
      texts: textsIn(values),
      placeOf: (environment: string) => placeOfVariable(name, environment),
    })),
  ].filter(({ texts }) => Object.keys(texts).length > 0)
}

/** What is damaged stays so, and is not in the way of the rest. */
function textsIn(json: string): SealedTexts {
  try {
    const texts: unknown = JSON.parse(json)
    const isSealed = Object.values(texts ?? {}).every((text) => typeof text === 'string')
    return isSealed ? (texts as SealedTexts) : {} // each of them is a text
  } catch {
    return {}
  }
}
