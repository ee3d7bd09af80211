import { fakeServices } from '@millrace/engine/testing'
import type { RunEvent } from '@millrace/flow'
import type { TdsLoopback } from '@millrace/tds-loopback'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openSqlDriver, type SqlDriver } from '../sql/testing/sql-under-test.server.ts'
import { answerEvents } from '../testing/chunks.ts'
import { runNodes, yieldsOf } from '../testing/run-nodes.server.ts'
import { startProvider, type ProviderScript } from '../testing/scripted-provider.server.ts'
import { startSqlServer } from './testing/start-sqlserver.server.ts'
import { loopbackConnection, sqlServerUnderTest } from './testing/sqlserver-under-test.server.ts'

const nodes = [
  { id: 'trigger', type: 'chat.trigger' },
  {
    id: 'read',
    type: 'sqlserver.getSingleValue',
    title: 'Get chat history',
    properties: {
      connection: 'sqlserver',
      sqlExpressionAndParameters: {
        statement: 'SELECT HistoryJson FROM dbo.ChatHistory WHERE SessionId = @SessionId',
        parameters: [
          { name: 'SessionId', type: 'text', value: { $ref: 'chatCompletionRequest.sessionId' } },
        ],
      },
      resultVariable: 'stored',
    },
  },
  {
    id: 'chat',
    type: 'openai.streamingChatCompletion',
    properties: {
      connection: 'test',
      modelId: 'gpt-4o-mini',
      userPrompt: { $ref: 'chatCompletionRequest.prompt' },
      history: { $ref: 'stored' },
    },
  },
  { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
  {
    id: 'save',
    type: 'sqlserver.upsertRow',
    title: 'Save chat history',
    properties: {
      connection: 'sqlserver',
      tableName: '[dbo].[ChatHistory]',
      columnValueMapping: [
        {
          column: 'SessionId',
          type: 'auto',
          key: true,
          value: { $ref: 'chatCompletionRequest.sessionId' },
        },
        { column: 'HistoryJson', type: 'auto', value: { $ref: 'response.historyJson' } },
      ],
      resultVariable: 'operation',
    },
  },
]
const edges = [
  'trigger.next > read',
  'read.next > chat',
  'chat.forEachMessage > yield',
  'chat.continue > save',
]

let loopback: TdsLoopback
let driver: SqlDriver

beforeAll(async () => {
  loopback = await startSqlServer()
  driver = await openSqlDriver(sqlServerUnderTest(loopbackConnection(loopback)))
  await driver.run(`CREATE TABLE dbo.ChatHistory (
    SessionId varchar(36) NOT NULL PRIMARY KEY,
    HistoryJson nvarchar(max) NULL,
    UpdatedAt datetimeoffset(2) NOT NULL DEFAULT SYSDATETIMEOFFSET())`)
}, 30_000)

afterAll(() => loopback[Symbol.asyncDispose]())

beforeEach(async () => {
  await driver.run('DELETE FROM ChatHistory')
})

/** One question of a session, to a flow whose model answers by a script. */
async function ask(prompt: string, url: string, sessionId = 's-1'): Promise<readonly RunEvent[]> {
  const services = fakeServices({
    connections: [
      loopbackConnection(loopback),
      { id: 'test', kind: 'openai', name: 'Test', fields: { baseUrl: url } },
    ],
  })
  return await runNodes({ nodes, edges, services, input: { sessionId, prompt } })
}

/** Answers the first question with one text, the second with another. */
const answersInTurn: ProviderScript = (response, _request, number) => {
  const pieces = number === 1 ? ['Hel', 'lo'] : ['Still ', 'here']
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(answerEvents(...pieces).join(''))
}

const firstTurn = [
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: 'Hello' },
]

it('stores what was said, and the next question of the session goes on from it', async () => {
  await using provider = await startProvider(answersInTurn)
  const first = await ask('Hi', provider.url)
  const second = await ask('Are you there?', provider.url)
  expect([yieldsOf(first), yieldsOf(second)]).toEqual([
    ['Hel', 'lo'],
    ['Still ', 'here'],
  ])
  expect(provider.requests.map(({ body }) => body['messages'])).toEqual([
    [{ role: 'user', content: 'Hi' }],
    [...firstTurn, { role: 'user', content: 'Are you there?' }],
  ])
  const operations = [first, second].map((events) =>
    events.findLast((event) => event.type === 'node-end' && event.outputs !== undefined),
  )
  expect(operations).toMatchObject([
    { outputs: { operation: 'INSERT' } },
    { outputs: { operation: 'UPDATE' } },
  ])
  const { rows } = await driver.run('SELECT SessionId, HistoryJson FROM ChatHistory')
  expect(rows).toEqual([
    [
      's-1',
      JSON.stringify([
        ...firstTurn,
        { role: 'user', content: 'Are you there?' },
        { role: 'assistant', content: 'Still here' },
      ]),
    ],
  ])
})

it('[Q31] records what it asked the database, and with which values', async () => {
  await using provider = await startProvider(answersInTurn)
  const events = await ask('Hi', provider.url)
  const queries = events.flatMap((event) =>
    event.type === 'node-call' && event.kind === 'query' ? [event] : [],
  )
  expect(queries).toMatchObject([
    {
      statement: 'SELECT HistoryJson FROM dbo.ChatHistory WHERE SessionId = @SessionId',
      request: { SessionId: 's-1' },
    },
    { statement: expect.stringContaining('MERGE INTO [dbo].[ChatHistory]') },
  ])
})

it('keeps sessions apart, whatever their ids hold', async () => {
  await using provider = await startProvider(answersInTurn)
  const hostile = `' OR 1=1; DROP TABLE x; --`
  await ask('Hi', provider.url, 's-1')
  await ask('And I?', provider.url, hostile)
  expect(provider.requests[1]?.body['messages']).toEqual([{ role: 'user', content: 'And I?' }])
  const { rows } = await driver.run('SELECT SessionId FROM ChatHistory ORDER BY SessionId')
  expect(rows).toEqual([[hostile], ['s-1']])
})

it.each(['{"not": "a list"}', 'not JSON at all'])(
  'fails at the history when %j is stored, before the model is asked',
  async (stored) => {
    await using provider = await startProvider(answersInTurn)
    await driver.run('INSERT INTO ChatHistory (SessionId, HistoryJson) VALUES (@s, @h)', {
      s: 's-1',
      h: stored,
    })
    const events = await ask('Hi', provider.url)
    expect(events.at(-1)).toMatchObject({
      type: 'run-end',
      outcome: 'failed',
      error: { code: 'input_invalid', nodeId: 'chat', property: 'history' },
    })
    expect(provider.requests).toEqual([])
  },
)

it('has streamed the whole answer when saving fails, and says at which node and property', async () => {
  await using provider = await startProvider(answersInTurn)
  const events = await ask('Hi', provider.url, 'x'.repeat(37))
  expect(yieldsOf(events)).toEqual(['Hel', 'lo'])
  expect(events.at(-1)).toMatchObject({
    outcome: 'failed',
    error: {
      code: 'database_failed',
      nodeId: 'save',
      property: 'columnValueMapping',
      details: { number: 8152 },
    },
  })
})

it('fails at its connection when the database is gone, and works when it is back', async () => {
  await using provider = await startProvider(answersInTurn)
  await loopback.stop()
  const gone = await ask('Hi', provider.url)
  await loopback.start()
  const back = await ask('Hi', provider.url)
  expect(gone.at(-1)).toMatchObject({
    outcome: 'failed',
    error: {
      code: 'database_unavailable',
      retryable: true,
      nodeId: 'read',
      property: 'connection',
    },
  })
  expect(back.at(-1)).toMatchObject({ outcome: 'completed' })
})
