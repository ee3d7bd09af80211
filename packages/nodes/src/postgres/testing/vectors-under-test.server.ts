import type { Connection } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import type { ErrorShape, FlowNode, RunEvent } from '@millrace/flow'
import type { SqlResult } from '../../sql/database.ts'
import { openDatabase } from '../../sql/open-database.server.ts'
import { autoParameters } from '../../sql/testing/sql-under-test.server.ts'
import { startEmbeddingProvider } from '../../testing/embedding-provider.server.ts'
import { runNodes } from '../../testing/run-nodes.server.ts'
import type { ScriptedProvider } from '../../testing/scripted-provider.server.ts'

/** The connection to the database that is tested. */
export type ConnectionUnderTest = Connection

/** What came of a node. */
export interface VectorsOutcome {
  readonly events: readonly RunEvent[]
  readonly outputs: Readonly<Record<string, unknown>> | undefined
  readonly error: ErrorShape | undefined
}

type Properties = NonNullable<FlowNode['properties']>

/** Short ways to ask a database in tests, and to search and save vectors in it. */
export interface VectorsDriver {
  readonly provider: ScriptedProvider
  run(statement: string, values: Readonly<Record<string, unknown>>): Promise<SqlResult>
  search(properties: Properties): Promise<VectorsOutcome>
  /** Cuts texts into pieces of at most 16 characters. */
  save(properties: Properties): Promise<VectorsOutcome>
  close(): Promise<void>
}

/** Both nodes embed with a provider that tells texts apart by a few words. */
export async function openVectorsDriver(connection: ConnectionUnderTest): Promise<VectorsDriver> {
  const provider = await startEmbeddingProvider()
  const services = fakeServices({
    connections: [
      { ...connection, id: 'database' },
      { id: 'embedder', kind: 'openai', name: 'Embedder', fields: { baseUrl: provider.url } },
    ],
  })
  const database = await openDatabase(await services.connections.get('database'), services)

  async function runNode(
    { properties, ...node }: FlowNode,
    attachments: readonly string[],
  ): Promise<VectorsOutcome> {
    const events = await runNodes({
      services,
      nodes: [
        { ...node, properties: { connection: 'database', ...properties } },
        {
          id: 'embedder',
          type: 'openai.textEmbedder',
          properties: { connection: 'embedder', embeddingModel: 'words' },
        },
        { id: 'splitter', type: 'text.splitter', properties: { chunkSize: 16 } },
      ],
      edges: [],
      attachments,
    })
    const end = events.findLast((event) => event.type === 'node-end')
    const failure = events.find((event) => event.type === 'node-error')
    return { events, outputs: end?.outputs, error: failure?.error }
  }

  return {
    provider,
    run: (statement, values) =>
      database.withSession(
        { signal: new AbortController().signal, timeoutSeconds: 30 },
        (session) => session.run(statement, autoParameters(values)),
      ),
    search: (properties) =>
      runNode({ id: 'search', type: 'postgres.searchVectors', title: 'Search', properties }, [
        'search.textEmbedder ~ embedder',
      ]),
    save: (properties) =>
      runNode({ id: 'save', type: 'postgres.saveVectors', title: 'Save', properties }, [
        'save.textEmbedder ~ embedder',
        'save.textSplitter ~ splitter',
      ]),
    async close() {
      await provider[Symbol.asyncDispose]()
    },
  }
}
