import { emptyFlow, type Flow, type JsonObject } from '@millrace/flow'
import {
  chatRequest,
  embeddedHistory,
  getHistory,
  historyOfClientOrTable,
  saveHistory,
  sqlServerHistory,
} from '../chat-history.ts'

/** What differs between the example on what is built in, and the same on real servers. */
interface Setting {
  readonly description: string
  /** Of the nodes that search, embed and answer; a connection is left to choose where none is given. */
  readonly search: JsonObject
  readonly embedder: JsonObject
  readonly chat: JsonObject
  readonly history: typeof embeddedHistory
}

/** The example that every fresh server has: it answers from the documents of Millrace, with no set-up. */
export function ragChatExample(id: string, name: string): Flow {
  return ragChat(id, name, {
    description:
      'Finds the passages of the documentation that are nearest to a question, answers from them message by message, and remembers the conversation. It runs on the built-in connections, which need no key.',
    search: { connection: 'embedded-postgres' },
    embedder: { connection: 'demo', embeddingModel: 'demo-embedder' },
    chat: { connection: 'demo', modelId: 'demo' },
    history: embeddedHistory,
  })
}

/** The same on OpenAI, PostgreSQL and SQL Server, whose connections are left to choose. */
export function ragChatOnServers(id: string, name: string): Flow {
  return ragChat(id, name, {
    description: `Finds the passages that are nearest to a question in PostgreSQL, answers from them with OpenAI, and keeps the conversation in SQL Server. Choose the connections, and create the tables.

In PostgreSQL:
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE doc_chunks (id text PRIMARY KEY, title text NOT NULL, content text NOT NULL, link text NOT NULL, embedding vector(1536) NOT NULL);
ALTER TABLE doc_chunks ALTER COLUMN embedding SET STORAGE PLAIN;

In SQL Server:
CREATE TABLE dbo.ChatHistory (SessionId varchar(64) NOT NULL PRIMARY KEY, HistoryJson nvarchar(max) NOT NULL, StartedAt datetimeoffset(2) NOT NULL DEFAULT SYSDATETIMEOFFSET());`,
    search: {},
    embedder: { embeddingModel: 'text-embedding-3-small' },
    chat: { modelId: 'gpt-4o-mini' },
    history: sqlServerHistory,
  })
}

function ragChat(id: string, name: string, setting: Setting): Flow {
  const prompt = { $ref: `${chatRequest}.prompt` }
  return {
    ...emptyFlow(id, name),
    description: setting.description,
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: {
          outputVariable: chatRequest,
          testData: { sessionId: `test-${id}`, prompt: 'How does streaming work?', context: '' },
        },
      },
      {
        id: 'search',
        type: 'postgres.searchVectors',
        properties: {
          ...setting.search,
          table: 'doc_chunks',
          searchText: prompt,
          recordDefinition: [
            { name: 'id', type: 'text', key: true },
            { name: 'title', type: 'text', metadata: true },
            { name: 'content', type: 'text', content: true },
            { name: 'link', type: 'text', metadata: true },
            { name: 'embedding', type: 'vector', vector: true },
          ],
          promptTemplate: '[DOCUMENT]\nSource: @[link]\nContent: @[content]\n[/DOCUMENT]',
          searchResultVariable: 'searchResult',
        },
      },
      getHistory(setting.history),
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          ...setting.chat,
          systemPrompt:
            'You answer questions about Millrace. Use only the given context, and say so when the answer is not in it.',
          userPrompt: prompt,
          history: historyOfClientOrTable,
          context: { $ref: 'searchResult' },
          promptTemplate: 'CONTEXT:\n@@context\n\nUSER QUESTION:\n@@userPrompt',
          streamVariable: 'message',
          resultVariable: 'response',
        },
      },
      {
        id: 'yieldMessage',
        type: 'flow.yieldReturn',
        title: 'Yield return message',
        properties: { value: { $ref: 'message.content' } },
      },
      saveHistory(setting.history),
      { id: 'embedder', type: 'openai.textEmbedder', properties: setting.embedder },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'search' },
      { from: ['search', 'next'], to: 'getHistory' },
      { from: ['getHistory', 'next'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'yieldMessage' },
      { from: ['chat', 'continue'], to: 'saveHistory' },
    ],
    attachments: [{ host: ['search', 'textEmbedder'], resource: 'embedder' }],
    layout: {
      nodes: {
        trigger: [80, 120],
        search: [384, 120],
        embedder: [384, 400],
        getHistory: [688, 120],
        chat: [688, 320],
        yieldMessage: [992, 320],
        saveHistory: [992, 496],
      },
    },
  }
}
