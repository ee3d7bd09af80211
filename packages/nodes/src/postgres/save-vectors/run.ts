import { randomUUID } from 'node:crypto'
import { implement } from '@millrace/engine'
import type { TextEmbedder } from '@millrace/flow'
import { insertStatements } from '../../sql/insert-rows/insert-statements.ts'
import { blaming, withDatabase, type NodeDatabase } from '../../sql/with-database.server.ts'
import { findVectorTable } from '../vectors/find-vector-table.server.ts'
import { keyMaker, vectorRow, type Piece } from '../vectors/vector-row.ts'
import { expectDimensions, type VectorTable } from '../vectors/vector-table.ts'
import { saveVectors } from './definition.ts'

/** Cuts the text, embeds its pieces, and stores them in one transaction. */
export const runSaveVectors = implement(saveVectors, async (node) => {
  const { properties, attachments } = node
  const { collectionName: name, recordDefinition } = properties
  const found = await withDatabase(node, {}, (database) =>
    findVectorTable(database, { property: 'collectionName', name, recordDefinition }),
  )
  const keyOf = keyMaker(found, randomUUID)
  const texts = (await attachments.textSplitter[0]?.split(properties.inputText)) ?? []
  // Before the transaction, which would hold locks for as long as the model takes.
  const pieces = await embedPieces(texts, found, attachments.textEmbedder[0])
  await withDatabase(node, { transaction: 'commit' }, (database) =>
    blaming('recordDefinition', async () => {
      await removeEarlier(database, found)
      for (const group of groupsOf(pieces, insertedAtOnce)) {
        const rows = group.map((piece) => vectorRow(found, piece, keyOf))
        for (const { statement, parameters } of insertStatements(
          database.dialect,
          found.table,
          rows,
        )) {
          await database.session.run(statement, parameters)
        }
      }
    }),
  )
  return { outputs: { saved: pieces.length } }
})

/** A visit of the embedder has so many pieces. */
const embeddedAtOnce = 256
/** A statement has so few rows, since their vectors are written as text on the thread of all runs. */
const insertedAtOnce = 20

async function embedPieces(
  texts: readonly string[],
  found: VectorTable,
  embedder: TextEmbedder | undefined,
): Promise<readonly Piece[]> {
  const pieces: Piece[] = []
  for (const group of groupsOf(texts, embeddedAtOnce)) {
    const vectors = (await embedder?.embed(group)) ?? []
    // All are of one length; in the first group it shows whether it is the right one.
    expectDimensions(found, vectors[0]?.length ?? 0)
    for (const [index, text] of group.entries()) {
      pieces.push({ text, vector: Float32Array.from(vectors[index] ?? []) })
    }
  }
  return pieces
}

/** Removes what was stored of the same context. Whoever stores the same one at once waits. */
async function removeEarlier(
  { dialect: { quote }, session }: NodeDatabase,
  { table, context }: VectorTable,
): Promise<void> {
  const value = context?.field.value ?? null
  if (context === undefined || value === null) return
  await session.run('SELECT pg_advisory_xact_lock(hashtextextended(@key, 0))', [
    { name: 'key', type: 'text', value: JSON.stringify([table.schema, table.name, value]) },
  ])
  await session.run(
    `DELETE FROM ${quote(table.schema)}.${quote(table.name)} WHERE ${quote(context.column.name)} = @context`,
    [{ name: 'context', type: 'auto', value }],
  )
}

function* groupsOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
