import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServices, type OwnedServices, type Services } from '@millrace/engine'
import type { OwnedFunctionSandbox } from '@millrace/nodes/server'

interface Options {
  readonly openConnection: Services['connections']['get']
  readonly mayConnect: Services['mayConnect']
  /** Closed with the services. */
  readonly functions: OwnedFunctionSandbox
  /** The nodes' own when not given. */
  readonly resultLimits?: Services['resultLimits']
}

/** Services that have a sandbox. */
export interface RunServices extends OwnedServices {
  readonly functions: OwnedFunctionSandbox
}

const disposeMs = 5000

/** The outside world as this server gives it to runs. Whoever makes it disposes of it. */
export function createRunServices(options: Options): RunServices {
  const { openConnection, mayConnect, functions, resultLimits } = options
  const services = createServices({
    connections: { get: openConnection },
    mayConnect,
    functions,
    ...(resultLimits === undefined ? {} : { resultLimits }),
    newId: timeOrderedId,
  })
  return {
    ...services,
    functions,
    async dispose() {
      // A pool waits for its sessions, one of which may hang.
      await Promise.race([
        Promise.all([functions.close(), services.dispose()]),
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
