import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { wait, type Connection, type OutgoingTarget, type Services } from '@millrace/engine'
import type { OwnedFunctionSandbox } from '@millrace/nodes/server'

/** The outside world as this server gives it to runs. */
export interface RunServices extends Services {
  readonly functions: OwnedFunctionSandbox
  /** Disposes of what runs shared, clients and pools, and waits for them; not for ever. */
  dispose(): Promise<void>
}

interface Options {
  readonly openConnection: (id: string) => Promise<Connection>
  readonly mayConnect: (target: OutgoingTarget) => boolean
  /** Closed with the services. */
  readonly functions: OwnedFunctionSandbox
}

const disposeMs = 5000

/** Services on the system's clock. Whoever makes them disposes of them. */
export function createRunServices({ openConnection, mayConnect, functions }: Options): RunServices {
  const shared = new Map<string, { readonly value: unknown; dispose(): void | Promise<void> }>()
  return {
    connections: { get: openConnection },
    mayConnect,
    functions,
    now: Date.now,
    wait,
    newId: timeOrderedId,
    share(key, create, dispose) {
      const known = shared.get(key)
      // What stands under a key was made by that key's own `create`.
      if (known !== undefined) return known.value as ReturnType<typeof create>
      const value = create()
      shared.set(key, { value, dispose: () => dispose(value) })
      return value
    },
    async dispose() {
      const disposing = [
        functions.close(),
        ...[...shared.values()].map(async ({ dispose }) => dispose()),
      ]
      shared.clear()
      // A pool waits for its sessions, one of which may hang.
      await Promise.race([
        Promise.allSettled(disposing),
        sleep(disposeMs, undefined, { ref: false }),
      ])
    },
  }
}

/**
 * A UUID of version 7: runs that start together stand together in the store's indexes, so a flush of
 * many runs touches few pages. The rest of it is random.
 */
export function timeOrderedId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
