import { useEffect } from 'react'
import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { useConnections } from './connection-store.ts'

/** What is known of something that a connection is asked for; `none` when it cannot be asked. */
export type Lookup<Value> =
  | { readonly status: 'none' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: ApiError }

/** What connections were asked for, kept for a while and shared by all that shows it. */
export interface Lookups<Value> {
  /** Looks things up by their names; in the order of the names. */
  use(connectionId: string | undefined, names: readonly string[]): readonly Lookup<Value>[]
  /** Asks a connection anew for what is shown; meanwhile the old stays. */
  refresh(connectionId: string): void
}

/** An answer counts for so long: others may change the database meanwhile. */
const freshMs = 60_000

interface Entry<Value> {
  readonly lookup: Lookup<Value>
  /** When it was asked for; 0 to ask again. */
  readonly askedAt: number
}

/** Makes look-ups of one kind. `ask` throws an `ApiError`. */
export function createLookups<Value>(
  ask: (connectionId: string, name: string) => Promise<Value>,
): Lookups<Value> {
  const useEntries = create<ReadonlyMap<string, Entry<Value>>>()(() => new Map())
  const { getState, setState } = useEntries

  function put(key: string, entry: Entry<Value>): void {
    setState(new Map(getState()).set(key, entry), true)
  }

  async function look(key: string, connectionId: string, name: string): Promise<void> {
    const known = getState().get(key)
    const askedAt = Date.now()
    if (known !== undefined && askedAt - known.askedAt < freshMs) return
    // What failed is tried anew from the start; what is known is shown until there is news.
    const shown = known?.lookup.status === 'ready' ? known.lookup : loading
    put(key, { lookup: shown, askedAt })
    const lookup = await ask(connectionId, name).then(
      (value): Lookup<Value> => ({ status: 'ready', value }),
      (thrown: unknown): Lookup<Value> => ({ status: 'failed', error: toApiError(thrown) }),
    )
    if (getState().get(key)?.askedAt === askedAt) put(key, { lookup, askedAt })
  }

  return {
    use(connectionId, names) {
      const connection = useConnections(({ connections }) =>
        connections.find(({ id }) => id === connectionId),
      )
      const entries = useEntries()
      const id = connection?.id
      // Another revision may lead to another database.
      const prefix = id === undefined ? undefined : prefixOf(id, connection?.revision)
      const isAskedAnew =
        prefix !== undefined && names.some((name) => isOld(entries, prefix + name))
      const wanted = JSON.stringify(names)
      useEffect(() => {
        if (id === undefined || prefix === undefined) return
        const list = JSON.parse(wanted) as readonly string[] // written above
        for (const name of list) void look(prefix + name, id, name)
      }, [id, prefix, wanted, isAskedAnew])
      return names.map((name) =>
        prefix === undefined ? none : (entries.get(prefix + name)?.lookup ?? loading),
      )
    },
    refresh(connectionId) {
      const entries = [...getState()].map(([key, entry]) =>
        key.startsWith(`${connectionId}\n`)
          ? ([key, { ...entry, askedAt: 0 }] as const)
          : ([key, entry] as const),
      )
      setState(new Map(entries), true)
    },
  }
}

const none = { status: 'none' } as const
const loading = { status: 'loading' } as const

function prefixOf(connectionId: string, revision: string | undefined): string {
  return `${connectionId}\n${revision ?? ''}\n`
}

function isOld(entries: ReadonlyMap<string, Entry<unknown>>, key: string): boolean {
  return entries.get(key)?.askedAt === 0
}
