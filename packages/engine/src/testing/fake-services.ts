import { fixedConnections } from '../create-services.ts'
import type { Connection, Services } from '../services.ts'

export interface FakeServicesOptions {
  readonly connections?: readonly Connection[]
  /** Epoch milliseconds; stands still unless given. */
  readonly now?: () => number
  /** How time passes; in no time unless given. A `DrivenClock` has both. */
  readonly wait?: Services['wait']
}

/** Services for tests: given connections, a clock that stands still, ids that count. */
export function fakeServices(options: FakeServicesOptions = {}): Services {
  const shared = new Map<string, unknown>()
  let count = 0
  return {
    connections: fixedConnections(options.connections ?? []),
    mayConnect: () => true,
    now: options.now ?? (() => 0),
    wait: options.wait ?? (async (_, signal) => signal.throwIfAborted()),
    newId: () => `run-${(count += 1)}`,
    share(key, create) {
      if (!shared.has(key)) shared.set(key, create())
      return shared.get(key) as ReturnType<typeof create> // stored under this key by `create`
    },
  }
}
