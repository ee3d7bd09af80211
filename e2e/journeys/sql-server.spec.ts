import type { Flow } from '@millrace/flow'
import { expect } from '@playwright/test'
import { startTdsLoopback } from '@millrace/tds-loopback'
import { chatFlow } from '../src/chat-flow.ts'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

const password = 'Str0ng!Password'

test('a SQL Server is connected, and keeps the history of a chat', async ({ page, millrace }) => {
  await using sqlServer = await startTdsLoopback()
  await page.goto(`${millrace.url}/connections`)
  await page.getByRole('button', { name: 'New connection' }).first().click()
  const dialog = page.getByRole('dialog')
  const tryIt = dialog.getByRole('button', { name: 'Test', exact: true })
  await dialog.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'SQL Server' }).click()

  await test.step('what does not fit is told, and how to mend it', async () => {
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Sales')
    await dialog.getByRole('textbox', { name: 'Host' }).fill('localhost')
    await dialog.getByRole('spinbutton', { name: 'Port' }).fill(String(sqlServer.port))
    await dialog.getByRole('textbox', { name: 'Database' }).fill('chat')
    await dialog.getByRole('textbox', { name: 'User' }).fill('sa')
    await dialog.getByLabel('Password').fill('wr0ng-password')
    await tryIt.click()
    await expect(dialog.getByRole('alert')).toContainText('It does not encrypt connections')
    await dialog.getByRole('switch', { name: 'Encrypt' }).click()
    await tryIt.click()
    await expect(dialog.getByRole('alert')).toContainText('The login was refused')
    await expect(dialog).not.toContainText('wr0ng-password')
  })

  await test.step('what works says what answers, and is made', async () => {
    await dialog.getByLabel('Password').fill(password)
    await tryIt.click()
    const result = dialog.getByRole('status')
    await expect(result).toContainText(/It works\s*\d+ ms/)
    await expect(result).toContainText('SQL Server 2022')
    await expect(result).toContainText('not encrypted')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(dialog).toBeHidden()
  })

  const ask = async (path: string, body: object) => {
    const response = await fetch(`${millrace.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    expect(response.status, text).toBe(200)
    return text
  }
  const query = (statement: string) =>
    ask('connections/sales/query', { statement, parameters: [], commit: true })

  await test.step('two questions of a session are kept in its table', async () => {
    await query(`CREATE TABLE dbo.ChatHistory (
      SessionId varchar(36) NOT NULL PRIMARY KEY, HistoryJson nvarchar(max) NULL)`)
    await storeFlow(millrace, chatWithHistory)
    for (const prompt of ['What is a mill race?', 'And a wheel?']) {
      await ask('flows/kept/stream', { sessionId: 's-1', prompt })
    }
    const { rows } = JSON.parse(await query('SELECT HistoryJson FROM ChatHistory')) as {
      readonly rows: readonly (readonly string[])[]
    }
    const history = JSON.parse(rows[0]?.[0] ?? '[]') as readonly { readonly content: string }[]
    expect(history).toHaveLength(4)
    expect([history[0]?.content, history[2]?.content]).toEqual([
      'What is a mill race?',
      'And a wheel?',
    ])
  })
})

const sessionId = { $ref: 'chatCompletionRequest.sessionId' }
const chat = chatFlow('kept', { chat: { history: { $ref: 'stored' } } })

/** The chat of the other journeys, between reading its history and saving it. */
const chatWithHistory: Flow = {
  ...chat,
  nodes: [
    ...chat.nodes,
    {
      id: 'read',
      type: 'sqlserver.getSingleValue',
      properties: {
        connection: 'sales',
        sqlExpressionAndParameters: {
          statement: 'SELECT HistoryJson FROM dbo.ChatHistory WHERE SessionId = @SessionId',
          parameters: [{ name: 'SessionId', type: 'text', value: sessionId }],
        },
        resultVariable: 'stored',
      },
    },
    {
      id: 'save',
      type: 'sqlserver.upsertRow',
      properties: {
        connection: 'sales',
        tableName: '[dbo].[ChatHistory]',
        columnValueMapping: [
          { column: 'SessionId', type: 'auto', key: true, value: sessionId },
          { column: 'HistoryJson', type: 'auto', value: { $ref: 'response.historyJson' } },
        ],
      },
    },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'read' },
    { from: ['read', 'next'], to: 'chat' },
    { from: ['chat', 'forEachMessage'], to: 'yield' },
    { from: ['chat', 'continue'], to: 'save' },
  ],
}
