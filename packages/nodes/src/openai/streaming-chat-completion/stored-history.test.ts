import type { Services } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerEvents } from '../../testing/chunks.ts'
import { startTestPostgres, type TestPostgres } from '../../testing/embedded-postgres.server.ts'
import { runNodes } from '../../testing/run-nodes.server.ts'
import {
  startProvider,
  streams,
  type ScriptedProvider,
} from '../../testing/scripted-provider.server.ts'

let postgres: TestPostgres
let provider: ScriptedProvider
let services: Services
beforeAll(async () => {
  postgres = await startTestPostgres()
  provider = await startProvider(streams(...answerEvents('Fine.')))
  services = fakeServices({
    connections: [
      { ...postgres.connection, id: 'database' },
      { id: 'test', kind: 'openai', name: 'Test', fields: { baseUrl: provider.url } },
    ],
  })
}, 60_000)
afterAll(async () => {
  await provider[Symbol.asyncDispose]()
  await postgres.close()
})

/** Asks with the history that a statement gives. */
async function askWith(statement: string) {
  const before = provider.requests.length
  const events = await runNodes({
    services,
    nodes: [
      {
        id: 'history',
        type: 'postgres.getSingleValue',
        properties: {
          connection: 'database',
          sqlExpressionAndParameters: { statement, parameters: [] },
          resultType: 'any',
          resultVariable: 'stored',
        },
      },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        title: 'Chat',
        properties: {
          connection: 'test',
          modelId: 'm',
          userPrompt: 'Hi',
          history: { $ref: 'stored' },
          streamVariable: 'message',
          resultVariable: 'response',
        },
      },
    ],
    edges: ['history.next > chat'],
  })
  return { end: events.at(-1), requests: provider.requests.slice(before) }
}

const turns = '[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]'

// The first statement starts the database.
describe('a history from a database', { timeout: 30_000 }, () => {
  it.each([
    ['JSON in a column of text', `SELECT '${turns}'`],
    ['JSON in a column of JSON', `SELECT '${turns}'::jsonb`],
  ])('[S15] sends a stored history that is %s', async (_, statement) => {
    const { end, requests } = await askWith(statement)
    expect(end).toMatchObject({ outcome: 'completed' })
    expect(requests[0]?.body['messages']).toEqual([
      ...(JSON.parse(turns) as object[]),
      { role: 'user', content: 'Hi' },
    ])
  })

  it('[S14] sends no history where none was stored', async () => {
    const { requests } = await askWith("SELECT 'x' WHERE false")
    expect(requests[0]?.body['messages']).toEqual([{ role: 'user', content: 'Hi' }])
  })

  it.each([
    ['SELECT $$user: hello$$', 'it is not JSON. It begins with "user: hello".'],
    [`SELECT '{"a":1}'::jsonb`, 'it is not a list of messages. It begins with "{"a":1}".'],
    ['SELECT 42', 'it is not a list of messages. It begins with "42".'],
    [`SELECT '[{"role":"bot","content":"x"}]'`, 'it has the unknown role "bot" at 0.'],
  ])('[S16] fails at History before it asks for what %s gives', async (statement, words) => {
    const { end, requests } = await askWith(statement)
    expect(requests).toEqual([])
    expect(end).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'input_invalid',
        nodeId: 'chat',
        property: 'history',
        message: expect.stringContaining(`The history of "Chat" cannot be read: ${words}`),
      },
    })
  })
})
