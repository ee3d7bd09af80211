// The server with a log that stores nothing, to see what storing costs.
import { createMemoryRunLog } from '../../packages/engine/src/index.ts'
import { readSettings, serveUntilSignal, type StoredRunLog } from '../../apps/server/src/index.ts'

await serveUntilSignal(readSettings(process.env), { openRunLog: async () => createUnstoredLog() })

/** Only what streaming needs: nobody asks this server for runs of the past. */
function createUnstoredLog(): StoredRunLog {
  const log = createMemoryRunLog()
  return {
    ...log,
    opening: () => log,
    find: async () => undefined,
    list: async () => ({ runs: [], hasMore: false }),
    latestOfFlows: async () => new Map(),
    findDocument: async () => undefined,
    findStarted: async () => undefined,
    remove: async () => 0,
    flush: async () => undefined,
    expectStored: async () => undefined,
    close: async () => undefined,
  }
}
