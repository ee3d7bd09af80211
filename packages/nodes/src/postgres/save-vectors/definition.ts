import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf } from '../../sql/sql-properties.ts'
import { postgres } from '../system.ts'

/** Cuts a text into pieces, embeds them, and stores them for searching. */
export const saveVectors = defineNode({
  type: 'postgres.saveVectors',
  version: 1,
  kind: 'action',
  title: 'Save vectors',
  system: postgres.title,
  category: 'data',
  icon: postgres.icon,
  description:
    'Cuts a text into pieces, embeds them, and stores them in a table (pgvector), where Search vectors finds them. Pieces of the same context are replaced.',
  tags: ['rag', 'vector', 'embedding', 'knowledge', 'index', 'ingest', 'pgvector', 'database'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  attachments: {
    textSplitter: { label: 'Text splitter', accepts: 'textSplitter', max: 1, required: true },
    textEmbedder: { label: 'Text embedder', accepts: 'textEmbedder', max: 1, required: true },
  },
  properties: {
    connection: connectionOf(postgres),
    inputText: property.value({
      label: 'Input text',
      help: 'The text that is cut into pieces and stored.',
      required: true,
      type: 'text',
      port: 1,
    }),
    collectionName: property.table({
      label: 'Collection name',
      help: 'The table that the pieces go into, with its schema where the database does not find it without.',
      placeholder: 'Choose or type a table',
      required: true,
      connection: 'connection',
      port: 2,
    }),
    recordDefinition: property.recordDefinition({
      label: 'Record definition',
      help: 'Which columns get the key, the vector and the content, which one says what document a piece is of, and what goes into others.',
      required: true,
      connection: 'connection',
      table: 'collectionName',
      purpose: 'save',
      placeholder: 'Configure record definition',
    }),
    resultVariable: property.variableName({
      label: 'Result variable name',
      help: 'The variable that holds how many pieces were stored. Empty: no variable.',
    }),
    commandTimeout,
  },
  outputs: { saved: { nameFrom: 'resultVariable', type: 'number' } },
})
