import { FlowError } from '@millrace/flow'
import type { Connection, Services } from './services.ts'
import { wait } from './wait.ts'

/** Services with what runs shared through them. */
export interface OwnedServices extends Services {
  /** Disposes of what runs shared, clients and pools, and waits for them. */
  dispose(): Promise<void>
}

/**
 * Services on the clock and the randomness of the platform; what is given comes in place of them.
 * Without more there are no connections, and no address may be reached. Whoever makes them disposes
 * of them.
 */
export function createServices(given: Partial<Omit<Services, 'share'>> = {}): OwnedServices {
  const shared = new Map<string, { readonly value: unknown; dispose(): void | Promise<void> }>()
  return {
    connections: fixedConnections([]),
    mayConnect: () => false,
    now: Date.now,
    wait,
    newId: () => crypto.randomUUID(),
    ...given,
    share(key, create, dispose) {
      const known = shared.get(key)
      // What stands under a key was made by that key's own `create`.
      if (known !== undefined) return known.value as ReturnType<typeof create>
      const value = create()
      shared.set(key, { value, dispose: () => dispose(value) })
      return value
    },
    async dispose() {
      const disposing = [...shared.values()].map(async ({ dispose }) => dispose())
      shared.clear()
      await Promise.allSettled(disposing)
    },
  }
}

/** These connections, by their ids, and no others. */
export function fixedConnections(list: readonly Connection[]): Services['connections'] {
  const byId = new Map(list.map((connection) => [connection.id, connection]))
  return {
    get(id) {
      const connection = byId.get(id)
      if (connection !== undefined) return Promise.resolve(connection)
      return Promise.reject(
        new FlowError(
          'connection_missing',
          `There is no connection "${id}" here. Give the run services with one, or choose another.`,
        ),
      )
    },
  }
}
