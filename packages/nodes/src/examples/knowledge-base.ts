import { emptyFlow, type Flow } from '@millrace/flow'
import { chatRequest } from './chat-history.ts'

/** Puts a text into the table that the RAG chat searches: what the prompt holds, under its context. */
export function knowledgeBaseExample(id: string, name: string): Flow {
  const source = { $ref: `${chatRequest}.context` }
  return {
    ...emptyFlow(id, name),
    description:
      'Cuts a text into pieces, embeds them, and stores them where the RAG chat finds them. Send the text as the prompt, and the link of its document as the context: a document that is sent again replaces its old pieces.',
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: {
          outputVariable: chatRequest,
          testData: {
            sessionId: `test-${id}`,
            prompt:
              'Water mills need a steady flow. A sluice lets water into the mill race, and the wheel turns as fast as the miller wants it to. In a dry summer the mill stands still.',
            context: 'notes/water-mills.md',
          },
        },
      },
      {
        id: 'createTable',
        type: 'postgres.executeCommand',
        title: 'Create table',
        description: 'Vectors are as long as the embedding model makes them: 512 numbers here.',
        properties: {
          connection: 'embedded-postgres',
          sqlExpressionAndParameters: {
            statement: `CREATE TABLE IF NOT EXISTS doc_chunks (
  id text PRIMARY KEY,
  title text NOT NULL,
  content text NOT NULL,
  link text NOT NULL,
  embedding vector(512) NOT NULL
)`,
            parameters: [],
          },
          resultVariable: '',
        },
      },
      {
        id: 'save',
        type: 'postgres.saveVectors',
        properties: {
          connection: 'embedded-postgres',
          inputText: { $ref: `${chatRequest}.prompt` },
          collectionName: 'doc_chunks',
          recordDefinition: [
            { name: 'id', type: 'text', key: true },
            { name: 'title', type: 'text', metadata: true, value: source },
            { name: 'content', type: 'text', content: true },
            { name: 'link', type: 'text', context: true, value: source },
            { name: 'embedding', type: 'vector', vector: true },
          ],
          resultVariable: 'saved',
        },
      },
      {
        id: 'answer',
        type: 'flow.return',
        title: 'Return what was saved',
        properties: { value: { $text: ['Pieces stored: ', { $ref: 'saved' }] } },
      },
      {
        id: 'splitter',
        type: 'text.splitter',
        properties: { splitterType: 'recursiveCharacters', chunkSize: 1000, chunkOverlap: 100 },
      },
      {
        id: 'embedder',
        type: 'openai.textEmbedder',
        properties: { connection: 'demo', embeddingModel: 'demo-embedder' },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'createTable' },
      { from: ['createTable', 'next'], to: 'save' },
      { from: ['save', 'next'], to: 'answer' },
    ],
    attachments: [
      { host: ['save', 'textSplitter'], resource: 'splitter' },
      { host: ['save', 'textEmbedder'], resource: 'embedder' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        createTable: [384, 120],
        save: [688, 120],
        answer: [992, 120],
        splitter: [536, 400],
        embedder: [840, 400],
      },
    },
  }
}
