// Packs the database of the example into packages/nodes/dist: its tables, and its documents with their vectors.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  createDemoEmbedder,
  demoDimensions,
} from '../packages/nodes/src/demo/demo-embedder.server.ts'
import { exampleDocuments } from '../packages/nodes/src/examples/rag-chat/documents.ts'
import { ragChatTables } from '../packages/nodes/src/examples/rag-chat/tables.ts'
import { packCluster } from '../packages/nodes/src/postgres/embedded/pack-cluster.server.ts'
import { preparedClusterFile } from '../packages/nodes/src/postgres/embedded/prepared-cluster.server.ts'
import { root } from './tool.ts'

const directory = join(root, 'packages', 'nodes', 'dist')
rmSync(directory, { recursive: true, force: true })
mkdirSync(directory, { recursive: true })

const embedder = createDemoEmbedder()
const vectors = await embedder.embed(
  // The title says what a passage is about, so it counts for its meaning.
  exampleDocuments.map(({ title, content }) => `${title}. ${content}`),
  { format: 'float', signal: AbortSignal.timeout(60_000) },
)
await embedder.close()

await packCluster(join(directory, preparedClusterFile), async (database) => {
  await database.exec(ragChatTables(demoDimensions))
  for (const [index, { id, title, content, link }] of exampleDocuments.entries()) {
    await database.query('INSERT INTO doc_chunks VALUES ($1, $2, $3, $4, $5)', [
      id,
      title,
      content,
      link,
      vectors[index],
    ])
  }
})
