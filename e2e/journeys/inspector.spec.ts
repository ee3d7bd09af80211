import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

const people = [
  { name: 'Pernille', age: 53 },
  { name: 'Anouk', age: 9 },
  { name: 'Jens', age: 34 },
]

/** A loop whose items are rows, and a loop in each of its rounds. */
const letters: Flow = {
  ...emptyFlow('letters', 'Letters'),
  variables: [{ name: 'people', type: 'list', value: people }],
  nodes: [
    { id: 'trigger', type: 'chat.trigger', properties: { testData: { prompt: 'Go' } } },
    {
      id: 'person',
      type: 'flow.forEach',
      title: 'For each person',
      properties: { items: { $ref: 'people' }, loopVariable: 'person' },
    },
    {
      id: 'copy',
      type: 'flow.forEach',
      properties: { items: { $expr: '[1, 2]' }, loopVariable: 'copy' },
    },
    { id: 'send', type: 'flow.yieldReturn', properties: { value: { $ref: 'person' } } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'person' },
    { from: ['person', 'forEachItem'], to: 'copy' },
    { from: ['copy', 'forEachItem'], to: 'send' },
  ],
  layout: { nodes: { trigger: [0, 0], person: [352, 0], copy: [704, 0], send: [1056, 0] } },
}

test('a run is looked into: what the model was sent and answered, its pieces, and where time went', async ({
  page,
  millrace,
  designer,
}) => {
  const answers = [textAnswer('one two three'), textAnswer('four five')]
  await using provider = await startFakeModelServer({ models: { m: answers } })
  await storeConnection(millrace, { id: 'looked', name: 'Looked', baseUrl: provider.url })
  const flow = chatFlow('looked', { chat: { connection: 'looked', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('What turns?')
  await expect(designer.status('yield')).toContainText('×')

  await test.step('a double press on the status opens it, on what the node gave', async () => {
    await designer.status('chat').dblclick()
    await expect(ports(page).getByRole('option', { selected: true })).toContainText('response')
    await expect(data(page)).toContainText('one two three')
  })

  await test.step('the messages as they were sent', async () => {
    await port(page, /^Model calls/).click()
    const sent = data(page).getByRole('list', { name: 'Messages' })
    await expect(sent.getByRole('listitem').last()).toHaveText(/^user\s*What turns\?$/)
    await expect(data(page).getByRole('region', { name: 'Answer' })).toContainText('one two three')
    await data(page).getByRole('radio', { name: 'JSON' }).click()
    await expect(data(page)).toContainText('"include_usage": true')
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('arrow keys go through iterations and from column to column', async () => {
    await port(page, /^message/).click()
    await ports(page).press('ArrowRight')
    await expect(iterations(page)).toBeFocused()
    await iterations(page).press('Home')
    await expect(data(page)).toContainText('one')
    await iterations(page).press('ArrowDown')
    await expect(iterations(page).getByRole('option', { selected: true })).toContainText('2')
    await expect(data(page)).toContainText('two')
  })

  await test.step('another run is shown of the same node', async () => {
    await designer.ask('And now?')
    await port(page, /^response/).click()
    await expect(data(page)).toContainText('four five')
  })

  await test.step('the time line leads to a visit, Escape back to the canvas', async () => {
    await page.getByRole('tab', { name: 'Time line' }).click()
    const line = page.getByRole('tree', { name: 'Time line of the run' })
    await line.getByRole('treeitem', { name: /Answer/ }).dblclick()
    await expect(page.getByRole('listbox', { name: 'Visits' })).toBeVisible()
    await page.getByRole('listbox', { name: 'Visits' }).press('Escape')
    await expect(designer.node('chat')).toBeFocused()
  })
})

test('rows are sorted, filtered and saved as they are shown, and visits listed by their rounds', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, letters))
  await designer.ask('Go')
  const selectByKey = async (nodeId: string) => {
    await designer.node(nodeId).focus()
    await page.keyboard.press('Space')
  }
  await expect(designer.status('send')).toHaveText(/×6/)

  await test.step('a key opens the selected node', async () => {
    await selectByKey('person')
    await page.keyboard.press('i')
    await expect(page.getByRole('listbox', { name: 'Visits' })).toBeFocused()
    await port(page, /^Items/).click()
  })

  const table = data(page).getByRole('grid', { name: 'Items' })
  const names = table.locator('tbody td:nth-of-type(1)')
  await test.step('as a table', async () => {
    await table.getByRole('button', { name: 'Sort by age' }).click()
    await expect(names).toHaveText(['Anouk', 'Jens', 'Pernille'])
    await table.getByRole('searchbox', { name: 'Filter name' }).fill('n')
    await expect(names).toHaveText(['Anouk', 'Jens', 'Pernille'])
    await table.getByRole('searchbox', { name: 'Filter name' }).fill('en')
    await expect(names).toHaveText(['Jens'])
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('what is shown is what is saved', async () => {
    const saved = page.waitForEvent('download')
    await data(page).getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'As CSV' }).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe('items.csv')
    expect(await readFile(await file.path(), 'utf8')).toBe('name,age\r\nJens,34\r\n')
  })

  await test.step('it goes along with the selection, unless it is held', async () => {
    await selectByKey('send')
    const visits = page.getByRole('listbox', { name: 'Visits' })
    await expect(visits).toContainText('For each person 1')
    await expect(visits.getByRole('option')).toHaveCount(6)
    await page.getByRole('button', { name: 'Stay with this node' }).click()
    await selectByKey('copy')
    await expect(visits.getByRole('option')).toHaveCount(6)
  })
})

function data(page: Page): Locator {
  return page.getByRole('region', { name: 'Data', exact: true })
}

function ports(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Ports' })
}

function port(page: Page, name: RegExp): Locator {
  return ports(page).getByRole('option', { name })
}

function iterations(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Iterations' })
}
