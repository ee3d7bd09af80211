import { nearestName } from '@millrace/flow'
import type { TableName } from '@millrace/nodes'
import { mostTables } from '../api/databases-api.ts'
import type { Lookup } from '../connections/lookup.ts'
import { writtenName } from './tables.ts'

/** The tables to suggest, or a sentence in their place. */
export function tableSuggestions(list: Lookup<readonly TableName[]>): {
  readonly items: readonly string[]
  readonly note: string
} {
  switch (list.status) {
    case 'none':
      return { items: [], note: 'Choose a connection to see its tables.' }
    case 'loading':
      return { items: [], note: 'Looking the tables up …' }
    case 'failed':
      return { items: [], note: 'The tables could not be looked up. Type a name.' }
    case 'ready':
      return { items: list.value.map(writtenName), note: 'The database has no tables yet.' }
  }
}

/** What to say of a name that no table has, as far as all of them are known. */
export function tableHint(
  list: Lookup<readonly TableName[]>,
  name: string | undefined,
): { readonly text: string; readonly nearest?: string } | undefined {
  if (list.status !== 'ready' || name === undefined || list.value.length >= mostTables) {
    return undefined
  }
  const names = list.value.flatMap((table) => [writtenName(table), `${table.schema}.${table.name}`])
  const written = name.replace(/["[\]]/g, '').toLowerCase()
  // While somebody types, what is there so far is the beginning of one.
  if (names.some((one) => one.toLowerCase().startsWith(written))) return undefined
  const nearest = nearestName(name, names)
  return {
    text: `There is no table “${name}” yet.`,
    ...(nearest === undefined ? {} : { nearest }),
  }
}
