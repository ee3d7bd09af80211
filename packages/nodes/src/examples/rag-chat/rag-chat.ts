import { emptyFlow, type Flow, type FlowNode } from '@millrace/flow'

/** What differs between the example on what is built in, and the same on real servers. */
interface Setting {
  readonly description: string
  readonly search: FlowNode
  readonly embedder: FlowNode
  readonly getHistory: FlowNode
  readonly chat: FlowNode
  readonly saveHistory: FlowNode
}

const outputVariable = 'chatCompletionRequest'

/** What *Search vectors* says of the table with the passages. */
const passages = {
  table: 'doc_chunks',
  searchText: { $ref: `${outputVariable}.prompt` },
  recordDefinition: [
    { name: 'id', type: 'text', key: true },
    { name: 'title', type: 'text', metadata: true },
    { name: 'content', type: 'text', content: true },
    { name: 'link', type: 'text', metadata: true },
    { name: 'embedding', type: 'vector', vector: true },
  ],
  promptTemplate: '[DOCUMENT]\nSource: @[link]\nContent: @[content]\n[/DOCUMENT]',
  searchResultVariable: 'searchResult',
}

/** What the chat node says, whichever model it asks. */
const answering = {
  systemPrompt:
    'You answer questions about Millrace. Use only the given context, and say so when the answer is not in it.',
  userPrompt: { $ref: `${outputVariable}.prompt` },
  // A client that sends its own history is answered from that.
  history: {
    $expr: `${outputVariable}.history.size() > 0 ? ${outputVariable}.history : storedHistory`,
  },
  context: { $ref: 'searchResult' },
  promptTemplate: 'CONTEXT:\n@@context\n\nUSER QUESTION:\n@@userPrompt',
  streamVariable: 'message',
  resultVariable: 'response',
}

const sessionId = { $ref: `${outputVariable}.sessionId` }
const historyJson = { $ref: 'response.historyJson' }

/** A history that was saved without a session belongs to nobody, and is never read. */
function historyOf(statement: string) {
  return {
    sqlExpressionAndParameters: {
      statement: `${statement} = @SessionId AND @SessionId <> ''`,
      parameters: [{ name: 'SessionId', type: 'text', value: sessionId }],
    },
    resultVariable: 'storedHistory',
    resultType: 'text',
  }
}

/** The example that every fresh server has: it answers from the documents of Millrace, with no set-up. */
export function ragChatExample(id: string, name: string): Flow {
  const database = { connection: 'embedded-postgres' }
  return ragChat(id, name, {
    description:
      'Finds the passages of the documentation that are nearest to a question, answers from them message by message, and remembers the conversation. It runs on the built-in connections, which need no key.',
    search: node('search', 'postgres.searchVectors', { ...database, ...passages }),
    embedder: node('embedder', 'openai.textEmbedder', {
      connection: 'demo',
      embeddingModel: 'demo-embedder',
    }),
    getHistory: node('getHistory', 'postgres.getSingleValue', {
      ...database,
      ...historyOf('SELECT history_json FROM chat_history WHERE session_id'),
    }),
    chat: node('chat', 'openai.streamingChatCompletion', {
      connection: 'demo',
      modelId: 'demo',
      ...answering,
    }),
    saveHistory: node('saveHistory', 'postgres.upsertRow', {
      ...database,
      tableName: 'chat_history',
      columnValueMapping: [
        { column: 'session_id', type: 'auto', key: true, value: sessionId },
        { column: 'history_json', type: 'auto', value: historyJson },
      ],
    }),
  })
}

/** The same on OpenAI, PostgreSQL and SQL Server, whose connections are left to choose. */
export function ragChatOnServers(id: string, name: string): Flow {
  return ragChat(id, name, {
    description: `Finds the passages that are nearest to a question in PostgreSQL, answers from them with OpenAI, and keeps the conversation in SQL Server. Choose the connections, and create the tables:

CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE doc_chunks (id text PRIMARY KEY, title text NOT NULL, content text NOT NULL, link text NOT NULL, embedding vector(1536) NOT NULL);

CREATE TABLE dbo.ChatHistory (SessionId varchar(64) NOT NULL PRIMARY KEY, HistoryJson nvarchar(max) NOT NULL, StartedAt datetimeoffset(2) NOT NULL DEFAULT SYSDATETIMEOFFSET());`,
    search: node('search', 'postgres.searchVectors', passages),
    embedder: node('embedder', 'openai.textEmbedder', { embeddingModel: 'text-embedding-3-small' }),
    getHistory: node(
      'getHistory',
      'sqlserver.getSingleValue',
      historyOf('SELECT HistoryJson FROM dbo.ChatHistory WHERE SessionId'),
    ),
    chat: node('chat', 'openai.streamingChatCompletion', { modelId: 'gpt-4o-mini', ...answering }),
    saveHistory: node('saveHistory', 'sqlserver.upsertRow', {
      tableName: 'dbo.ChatHistory',
      columnValueMapping: [
        { column: 'SessionId', type: 'auto', key: true, value: sessionId },
        { column: 'HistoryJson', type: 'auto', value: historyJson },
      ],
    }),
  })
}

function node(id: string, type: string, properties: FlowNode['properties'] & object): FlowNode {
  return { id, type, properties }
}

function ragChat(id: string, name: string, setting: Setting): Flow {
  return {
    ...emptyFlow(id, name),
    description: setting.description,
    nodes: [
      node('trigger', 'chat.trigger', {
        outputVariable,
        testData: { sessionId: 'test', prompt: 'How does streaming work?', context: '' },
      }),
      setting.search,
      { ...setting.getHistory, title: 'Get chat history' },
      setting.chat,
      {
        ...node('yieldMessage', 'flow.yieldReturn', { value: { $ref: 'message.content' } }),
        title: 'Yield return message',
      },
      { ...setting.saveHistory, title: 'Save chat history' },
      setting.embedder,
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
        search: [424, 120],
        embedder: [340, 480],
        getHistory: [768, 120],
        chat: [1112, 120],
        yieldMessage: [1456, 120],
        saveHistory: [1456, 340],
      },
    },
  }
}
