import type { Page } from '@playwright/test'
import { emptyFlow, type Flow, type FlowNode, type RunEvent } from '@millrace/flow'
import type { FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const getHistory: FlowNode = {
  id: 'getHistory',
  type: 'sqlserver.getSingleValue',
  title: 'Get chat history',
  properties: {
    connection: 'sales-db',
    sqlExpressionAndParameters: {
      statement:
        'SELECT TOP 1 history\nFROM chat_history\nWHERE session_id = @SessionId\n  AND updated_at > @Since -- only of late',
      parameters: [
        { name: 'SessionId', type: 'text', value: { $ref: 'chatCompletionRequest.sessionId' } },
      ],
    },
    resultVariable: 'history',
  },
}

const search: FlowNode = {
  id: 'search',
  type: 'postgres.searchVectors',
  properties: {
    connection: 'vectors',
    table: 'documents',
    searchText: { $ref: 'chatCompletionRequest.prompt' },
    recordDefinition: [
      { name: 'id', type: 'uuid', key: true },
      { name: 'embedding', type: 'vector', vector: true },
      { name: 'content', type: 'text', content: true },
      { name: 'title', type: 'text', metadata: true },
    ],
    filter: {
      match: 'all',
      rows: [
        { field: 'source', operator: 'equals', value: 'handbook' },
        { field: 'pge', operator: 'in', value: [1, 2, 3] },
      ],
    },
  },
}

const save: FlowNode = {
  id: 'save',
  type: 'postgres.upsertRow',
  title: 'Save chat history',
  properties: {
    connection: 'vectors',
    tableName: 'chat_history',
    columnValueMapping: [
      {
        column: 'session_id',
        type: 'auto',
        key: true,
        value: { $ref: 'chatCompletionRequest.sessionId' },
      },
      { column: 'histroy', type: 'text', value: { $expr: 'history' } },
    ],
  },
}

/** A flow on databases, with an embedder, a search, a stored history and its saving. */
const ragFlow: Flow = {
  ...emptyFlow('rag', 'Handbook assistant'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    search,
    {
      id: 'embedder',
      type: 'openai.textEmbedder',
      properties: { connection: 'openai', embeddingModel: 'text-embedding-3-large' },
    },
    getHistory,
    save,
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'search' },
    { from: ['search', 'next'], to: 'getHistory' },
    { from: ['getHistory', 'next'], to: 'save' },
  ],
  attachments: [{ host: ['search', 'textEmbedder'], resource: 'embedder' }],
  layout: {
    nodes: {
      trigger: [0, 40],
      search: [336, 0],
      embedder: [336, 330],
      getHistory: [672, 40],
      save: [1008, 40],
    },
  },
}

/** A flow that cuts a text into pieces, embeds them, and stores another one whole. */
const ingestFlow: Flow = {
  ...emptyFlow('ingest', 'Handbook, piece by piece'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'split',
      type: 'text.split',
      properties: {
        inputText: { $ref: 'chatCompletionRequest.prompt' },
        splitterType: 'tokens',
        maxTokens: 200,
        textChunkVariable: 'textChunk',
      },
    },
    {
      id: 'embed',
      type: 'openai.generateEmbedding',
      properties: {
        connection: 'openai',
        embeddingModel: 'text-embedding-3-small',
        input: { $ref: 'textChunk' },
        resultVariable: 'embedding',
      },
    },
    {
      id: 'save',
      type: 'postgres.saveVectors',
      properties: {
        connection: 'vectors',
        inputText: { $ref: 'chatCompletionRequest.context' },
        collectionName: 'documents',
      },
    },
    { id: 'splitter', type: 'text.splitter', properties: { splitterType: 'markdownHeaders' } },
    {
      id: 'embedder',
      type: 'openai.textEmbedder',
      properties: { connection: 'openai', embeddingModel: 'text-embedding-3-small' },
    },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'split' },
    { from: ['split', 'forEachChunk'], to: 'embed' },
    { from: ['split', 'continue'], to: 'save' },
  ],
  attachments: [
    { host: ['save', 'textSplitter'], resource: 'splitter' },
    { host: ['save', 'textEmbedder'], resource: 'embedder' },
  ],
  layout: {
    nodes: {
      trigger: [0, 40],
      split: [336, 0],
      embed: [720, 0],
      save: [720, 260],
      splitter: [560, 520],
      embedder: [880, 520],
    },
  },
}

/** The connections that the flow uses. */
const databaseConnections = [
  {
    id: 'embedded-postgres',
    kind: 'embedded-postgres',
    name: 'Embedded PostgreSQL',
    fields: {},
    builtIn: true,
    revision: 0,
  },
  {
    id: 'vectors',
    kind: 'postgres',
    name: 'Vectors',
    fields: { host: 'db.example.com', database: 'vectors', user: 'app', password: { set: true } },
    revision: 1,
  },
  {
    id: 'sales-db',
    kind: 'sqlserver',
    name: 'Sales',
    fields: { connectionString: { set: true } },
    revision: 1,
  },
  {
    id: 'openai',
    kind: 'openai',
    name: 'OpenAI',
    fields: { apiKey: { set: true } },
    revision: 1,
  },
]

const path = '/flows/rag'
const server = { flows: [ragFlow], connections: databaseConnections }

async function select(page: Page, id: string): Promise<void> {
  // By keyboard, since a narrow canvas does not show every node.
  await page.locator(`.react-flow__node[data-id="${id}"]`).focus()
  await page.keyboard.press('Enter')
}

async function openSql(page: Page): Promise<void> {
  await select(page, 'getHistory')
  await page.getByRole('button', { name: 'Edit SQL expression' }).click()
  await page.getByRole('treeitem', { name: 'chat_history' }).waitFor()
  await page.locator('.cm-lineNumbers').waitFor()
}

async function openGrid(page: Page, id: string, edit: string): Promise<void> {
  await select(page, id)
  await page.getByRole('button', { name: edit }).click()
  await page.getByRole('dialog').getByRole('status').first().waitFor()
}

async function newConnection(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: kind, exact: true }).click()
}

const tested: FakeServer['answer'] = (_, at) =>
  at.endsWith('/test')
    ? {
        status: 200,
        body: {
          ok: true,
          message: '"PostgreSQL" answers.',
          details: {
            summary: 'It works',
            latencyMs: 34,
            server: 'PostgreSQL 16.3',
            warning:
              'The extension pgvector is not installed in this database, so vectors cannot be stored. Run CREATE EXTENSION vector as an administrator.',
            findings: [
              { label: 'User', value: 'app' },
              { label: 'Encryption', value: 'TLS 1.3' },
              { label: 'pgvector', value: 'not installed' },
            ],
          },
        },
      }
    : undefined

const unreachable: FakeServer['answer'] = (_, at) =>
  at.endsWith('/tables') || at.endsWith('/table')
    ? {
        status: 503,
        body: {
          error: {
            code: 'database_unavailable',
            message:
              'Nothing answers at db.example.com:5432 ("Vectors"). Is the server running, and is the port right?',
          },
        },
      }
    : undefined

/** A node that saves vectors into a table, before anything is said of its columns. */
function indexing(collectionName: string): Flow {
  return {
    ...emptyFlow('rag', 'Build the knowledge base'),
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'index',
        type: 'postgres.saveVectors',
        properties: {
          connection: 'embedded-postgres',
          inputText: { $ref: 'chatCompletionRequest.prompt' },
          collectionName,
        },
      },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'index' }],
    layout: { nodes: { trigger: [0, 40], index: [336, 0] } },
  }
}

const withoutDefinition = indexing('documents')
const withoutTable = indexing('knowledge')

const hits = [
  {
    key: '0f4c1e02-8a5b-4c59-9b0e-2f6d8f1c7a11',
    content:
      'Neptune is the eighth planet from the Sun, and the farthest of those that are known. It is some 4.5 billion kilometres away, thirty times as far as the Earth, and takes 165 years for one orbit. Its distance from the Earth lies between 4.3 and 4.7 billion kilometres, as both go round.',
    score: 0.1823,
    metadata: { title: 'The outer planets', page: 12 },
  },
  {
    key: '7b1f2d33-0c46-4d5c-8f43-6a0b1c2d3e4f',
    content: 'An astronomical unit is the mean distance of the Earth from the Sun.',
    score: 0.4411,
    metadata: { title: 'Units', page: 3 },
  },
  {
    key: 'c0ffee00-1234-4567-89ab-cdef01234567',
    content: 'Triton is the largest moon of Neptune.',
    score: 0.5079,
    metadata: { title: 'Moons', page: null },
  },
]

const stored = [
  { role: 'user', content: 'What is the eighth planet?' },
  { role: 'assistant', content: 'Neptune.' },
]

/** The events of a run of the flow, all of its nodes done. */
function ranThrough(): readonly RunEvent[] {
  const start = Date.now() - 2000
  const request = { sessionId: 's-4711', prompt: 'How far away is Neptune?' }
  const outputs = {
    trigger: { chatCompletionRequest: request },
    search: { searchResult: { records: hits, prompt: hits.map(({ content }) => content).join() } },
    getHistory: { history: JSON.stringify(stored) },
    save: { rows: stored },
  }
  const visits = Object.entries(outputs).flatMap(([nodeId, given], index) => [
    { type: 'node-start' as const, visit: index + 1, nodeId },
    { type: 'node-end' as const, visit: index + 1, outputs: given },
  ])
  return [
    {
      type: 'run-start' as const,
      runId: 'run-1',
      flowId: 'rag',
      document: 'hash',
      trace: 'full' as const,
    },
    ...visits,
    { type: 'run-end' as const, outcome: 'completed' as const, result: null, usage: null },
  ].map((event, index) => ({ ...event, seq: index + 1, at: start + index * 20 }))
}

async function openResult(page: Page, id: string): Promise<void> {
  await select(page, id)
  const properties = page.getByRole('tab', { name: 'Properties' })
  if ((await properties.count()) > 0) await properties.click()
  await page.getByRole('tab', { name: /^Result/ }).click()
}

/** Nodes, dialogs and answers of databases. */
export const databaseScenes: readonly Scene[] = [
  {
    name: 'ingest-split-text',
    path: '/flows/ingest',
    server: { flows: [ingestFlow], connections: databaseConnections },
    act: (page) => select(page, 'split'),
  },
  {
    name: 'ingest-splitter',
    path: '/flows/ingest',
    server: { flows: [ingestFlow], connections: databaseConnections },
    act: (page) => select(page, 'splitter'),
  },
  {
    name: 'search-template',
    path,
    server,
    async act(page) {
      await select(page, 'search')
      const field = page.getByRole('textbox', { name: 'Prompt template' })
      await field.fill('[DOCUMENT]\nTitle: @[title]\nSource: @[titel]\n@[content]\n[/DOCUMENT]')
      await page
        .locator('[data-property="promptTemplate"]')
        .getByRole('button', { name: 'Open large editor' })
        .click()
      await page.getByRole('dialog').getByRole('textbox').click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type('\n@[')
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'embedding-models',
    path,
    server,
    async act(page) {
      await select(page, 'embedder')
      await page.getByRole('button', { name: 'Show models' }).click()
      await page.getByRole('listbox').waitFor()
    },
  },
  { name: 'database-flow', path, server },
  { name: 'database-node', path, server, act: (page) => select(page, 'getHistory') },
  { name: 'database-search-node', path, server, act: (page) => select(page, 'search') },
  {
    name: 'database-add-node',
    path,
    server,
    act: (page) => page.getByRole('button', { name: 'Add node' }).click(),
  },
  { name: 'database-sql', path, server, act: openSql },
  {
    name: 'database-sql-completion',
    path,
    server,
    async act(page) {
      await openSql(page)
      await page.getByRole('textbox', { name: 'Statement' }).click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type('\nORDER BY updat')
      await page.getByRole('option', { name: /^updated_at/ }).waitFor()
    },
  },
  {
    name: 'database-sql-run',
    path,
    server,
    async act(page) {
      await openSql(page)
      await page.getByRole('button', { name: 'Add parameter @Since' }).click()
      await page.getByRole('textbox', { name: 'Test value of @SessionId' }).fill('s-4711')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('gridcell', { name: 'user' }).first().click()
    },
  },
  {
    name: 'database-sql-fails',
    path,
    server: {
      ...server,
      answer: (_, at) =>
        at.endsWith('/query')
          ? {
              status: 502,
              body: {
                error: {
                  code: 'database_failed',
                  message: 'Incorrect syntax near "TOP", at line 1 (error 102).',
                  details: { position: 8 },
                },
              },
            }
          : undefined,
    },
    isNoisy: true,
    async act(page) {
      await openSql(page)
      await page.getByRole('treeitem', { name: 'chat_history' }).locator('span').first().click()
      await page.getByRole('button', { name: 'Run', exact: true }).last().click()
      await page.getByText('Incorrect syntax').waitFor()
    },
  },
  {
    name: 'database-sql-unreachable',
    path,
    server: { ...server, answer: unreachable },
    isNoisy: true,
    async act(page) {
      await select(page, 'getHistory')
      await page.getByRole('button', { name: 'Edit SQL expression' }).click()
      await page.getByText('Nothing answers').waitFor()
    },
  },
  {
    name: 'database-record-definition',
    path,
    server,
    act: (page) => openGrid(page, 'search', 'Edit record definition'),
  },
  {
    name: 'database-record-definition-generated',
    path,
    server: { ...server, flows: [withoutDefinition] },
    async act(page) {
      await openGrid(page, 'index', 'Edit record definition')
      await page.getByRole('button', { name: 'Generate from table' }).click()
    },
  },
  {
    name: 'database-record-definition-empty',
    path,
    server: { ...server, flows: [withoutTable] },
    isNoisy: true,
    act: (page) => openGrid(page, 'index', 'Edit record definition'),
  },
  {
    name: 'database-column-mapping',
    path,
    server,
    act: (page) => openGrid(page, 'save', 'Edit column value mapping'),
  },
  {
    name: 'database-filter',
    path,
    server,
    act: (page) => openGrid(page, 'search', 'Edit filter'),
  },
  {
    name: 'database-table-suggestions',
    path,
    server,
    async act(page) {
      await select(page, 'search')
      await page.getByRole('button', { name: 'Show tables' }).click()
      await page.getByRole('option', { name: 'documents' }).waitFor()
    },
  },
  {
    name: 'database-table-fails',
    path,
    server: { ...server, answer: unreachable },
    isNoisy: true,
    async act(page) {
      await select(page, 'search')
      await page.getByRole('button', { name: 'Test connection' }).waitFor()
    },
  },
  {
    name: 'database-connection-new',
    path: '/connections',
    server: { ...server, answer: tested },
    async act(page) {
      await newConnection(page, 'PostgreSQL')
      await page.getByRole('textbox', { name: 'Host' }).fill('db.example.com')
      await page.getByRole('textbox', { name: 'Database' }).fill('vectors')
      await page.getByRole('textbox', { name: 'User' }).fill('app')
      await page.getByRole('button', { name: 'Test', exact: true }).click()
    },
  },
  {
    name: 'database-connection-variables',
    path: '/connections',
    server,
    async act(page) {
      await newConnection(page, 'PostgreSQL')
      await page.getByRole('textbox', { name: 'Host' }).fill('${databaseHost}')
      await page.getByRole('button', { name: 'Port by a variable' }).click()
      await page.getByRole('button', { name: 'Create' }).click()
    },
  },
  {
    name: 'database-connection-ways',
    path: '/connections',
    server,
    async act(page) {
      await newConnection(page, 'SQL Server')
      await page.getByRole('radio', { name: 'Entra service principal' }).click()
      await page.getByRole('button', { name: 'Create' }).click()
    },
  },
  {
    name: 'database-connection-string',
    path: '/connections',
    server,
    async act(page) {
      await page.getByRole('button', { name: 'Edit Sales' }).click()
      await page.getByRole('radio', { name: 'Connection string' }).waitFor()
    },
  },
  { name: 'database-connections', path: '/connections', server },
  {
    name: 'database-create-table',
    path,
    server: { ...server, flows: [withoutTable] },
    isNoisy: true,
    async act(page) {
      await openGrid(page, 'index', 'Edit record definition')
      await page.getByRole('button', { name: 'Create table' }).click()
      await page.getByRole('spinbutton', { name: 'Dimensions of embedding' }).fill('512')
    },
  },
  {
    name: 'database-result-hits',
    path: `${path}?run`,
    server: { ...server, events: ranThrough() },
    act: (page) => openResult(page, 'search'),
  },
  {
    name: 'database-result-large',
    path: `${path}?run`,
    server: { ...server, events: ranThrough() },
    async act(page) {
      await openResult(page, 'search')
      await page.getByRole('button', { name: 'Open searchResult large' }).click()
    },
  },
  {
    name: 'database-result-value',
    path: `${path}?run`,
    server: { ...server, events: ranThrough() },
    act: (page) => openResult(page, 'getHistory'),
  },
  {
    name: 'database-result-rows',
    path: `${path}?run`,
    server: { ...server, events: ranThrough() },
    act: (page) => openResult(page, 'save'),
  },
]
