import type { Connection } from '@millrace/engine'
import { demoModelId, startDemoModel, type DemoModel } from '@millrace/nodes/server'
import { connectionMissing } from './connections-file.ts'

/** The connections of one command: those of a file, and the demo model, started at its first use. */
export interface LocalConnections extends AsyncDisposable {
  readonly open: (id: string) => Promise<Connection>
}

/** Opens the given connections, and `demo`. Whoever opens them disposes of them. */
export function openLocalConnections(known: ReadonlyMap<string, Connection>): LocalConnections {
  let demo: Promise<DemoModel> | undefined
  return {
    async open(id) {
      const connection = known.get(id)
      if (connection !== undefined) return connection
      if (id !== 'demo') throw connectionMissing(id)
      demo ??= startDemoModel()
      const { url } = await demo
      const fields = { apiKey: demoModelId, baseUrl: url }
      return { id, kind: 'demo', name: 'Demo model (not an AI)', fields }
    },
    async [Symbol.asyncDispose]() {
      await (await demo)?.close()
    },
  }
}
