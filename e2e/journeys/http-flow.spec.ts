import { expect, type Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { streamRowsExample } from '@millrace/nodes'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storeApiConnection, storedText, storeFlow } from '../src/stored.ts'

test('a flow over HTTP declares what it takes, and refuses anything else at its field', async ({
  page,
  millrace,
  designer,
}) => {
  const greeting: Flow = {
    ...emptyFlow('typed-body', 'Typed body'),
    nodes: [
      { id: 'trigger', type: 'http.trigger', properties: { outputVariable: 'order' } },
      {
        id: 'return',
        type: 'flow.return',
        properties: { value: { $text: ['For ', { $ref: 'order' }] } },
      },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'return' }],
    layout: { nodes: { trigger: [0, 0], return: [320, 0] } },
  }
  const address = await storeFlow(millrace, greeting)
  await designer.open(address)

  await test.step('make its fields from an example', async () => {
    await designer.select('trigger')
    await designer.panel.getByRole('button', { name: 'Edit fields' }).click()
    const dialog = page.getByRole('dialog', { name: 'Fields' })
    await dialog.getByRole('button', { name: 'Make from example JSON' }).click()
    await dialog
      .getByRole('textbox', { name: 'Example JSON' })
      .fill('{ "customer": "C-1", "quantity": 2, "note": null }')
    await expect(dialog.getByRole('button', { name: 'OK' })).toBeDisabled()
    await expect(dialog.getByRole('status')).toHaveText(/^Make fields of the example first/)
    await dialog.getByRole('button', { name: 'Make fields' }).click()
    await dialog.getByRole('textbox', { name: 'Description of customer' }).fill('As in the shop')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(designer.field('fields')).toContainText('customer, quantity, note?')
  })

  await test.step('use one of them', async () => {
    await designer.select('return')
    const field = designer.field('value')
    await field.getByRole('button', { name: 'Expression' }).click()
    await field.getByRole('textbox').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('order.customer + " wants " + string(order.quantity)')
    await expect(field.getByRole('status')).toHaveText('Gives text.')
  })

  const form = page.getByRole('region', { name: 'Input' })
  const output = page.getByRole('region', { name: 'Output of the run' })
  await test.step('a run without its input does not start, and says what is missing', async () => {
    await page.keyboard.press('Escape')
    await designer.runButton.click()
    await expect(form).toContainText('“customer” is needed.')
    await expect(form).toContainText('“quantity” is needed.')
    await expect(output).toContainText('Not run yet')
    await expectAccessible(page)
  })

  await test.step('a field of another type is told of at once', async () => {
    await form.getByRole('button', { name: 'Edit as JSON' }).click()
    await form.getByRole('textbox', { name: 'Input as JSON' }).fill('{ "quantity": "two" }')
    await expect(form).toContainText('“quantity” must be a number.')
    await form.getByRole('button', { name: 'Edit as form' }).click()
  })

  await test.step('filled in, it runs', async () => {
    await form.getByRole('textbox', { name: 'customer' }).fill('C-7')
    await form.getByRole('textbox', { name: 'quantity' }).fill('2')
    await page.keyboard.press('Control+Enter')
    await expect(output).toContainText('C-7 wants 2')
    await expect(output).toContainText('Completed.')
  })

  await test.step('the input is there after a reload, and can become the default data', async () => {
    await designer.save()
    await page.reload()
    await page.getByRole('banner').getByRole('button', { name: 'Output' }).click()
    await expect(form.getByRole('textbox', { name: 'customer' })).toHaveValue('C-7')
    await form.getByRole('button', { name: 'Keep as default data' }).click()
    await expect(form.getByRole('button', { name: 'Back to default data' })).toHaveCount(0)
    await designer.save()
    expect(JSON.parse(await storedText(millrace, 'typed-body'))).toMatchObject({
      nodes: [{ properties: { defaultData: { customer: 'C-7', quantity: 2 } } }, {}],
    })
  })
})

test('Run flow hands on what the other flow yields, and asks for its inputs', async ({
  page,
  millrace,
  designer,
}) => {
  await storeFlow(millrace, streamRowsExample('called-rows', 'Called rows'))
  const caller: Flow = {
    ...emptyFlow('calling', 'Calling'),
    nodes: [{ id: 'run', type: 'flow.runFlow', properties: { resultVariable: '' } }],
    layout: { nodes: { run: [0, 0] } },
  }
  await designer.open(await storeFlow(millrace, caller))
  await designer.select('run')

  await designer.choose('flow', /^Called rows/)
  await expect(designer.panel.getByRole('link', { name: 'Open flow' })).toBeVisible()
  await designer.field('inputs').getByRole('button', { name: 'Add limit' }).click()
  await expect(designer.card('run')).toContainText('limit')
  await designer.field('inputs').getByRole('textbox', { name: 'Value of limit' }).click()
  await page.keyboard.type('3')
  await expect(designer.problemCount).toContainText('none')
  await expectAccessible(page)

  await page.keyboard.press('Control+Enter')
  const output = page.getByRole('region', { name: 'Output of the run' })
  await expect(output).toContainText('Completed.')
  await expect(output).toContainText('3 values')
  await expect(output.getByRole('gridcell', { name: 'Customer 3' })).toBeVisible()
  await expect(output.getByRole('gridcell', { name: 'Customer 4' })).toHaveCount(0)
})

test('an API is called and its answer used, field by field, without a word of code', async ({
  page,
  millrace,
  designer,
}) => {
  const calling: Flow = {
    ...emptyFlow('health-check', 'Health check'),
    nodes: [
      { id: 'request', type: 'http.request' },
      { id: 'return', type: 'flow.return' },
    ],
    edges: [{ from: ['request', 'success'], to: 'return' }],
    layout: { nodes: { request: [0, 0], return: [320, 0] } },
  }
  await storeApiConnection(millrace, { id: 'other-api', name: 'Other API' })
  await designer.open(await storeFlow(millrace, calling))

  await test.step('a connection is chosen, and taken away again', async () => {
    await designer.select('request')
    const picker = designer.field('connection').getByRole('combobox')
    await expect(picker).toHaveText('None')
    await designer.choose('connection', /^Other API/)
    await designer.choose('connection', /^None/)
    await expect(picker).toHaveText('None')
    await designer.field('url').getByRole('textbox').click()
    await page.keyboard.type(`${millrace.url}/api/health`)
  })

  await test.step('a field of the answer is spelled out before any is known', async () => {
    await designer.select('return')
    await designer.field('value').getByRole('button', { name: 'Insert value' }).click()
    const search = page.getByRole('combobox', { name: 'Search variables' })
    await expect(page.getByRole('treeitem', { name: /^response / })).toHaveCount(1)
    await search.fill('response.body')
    await expect(page.getByText('type its name: response.body.name')).toBeVisible()
    await search.fill('response.body.status')
    await page.keyboard.press('Enter')
    await expect(designer.field('value')).toContainText('response.body.status')
    await expect(designer.problemCount).toContainText('none')
  })

  await test.step('after a run the picker lists what came', async () => {
    await page.keyboard.press('Escape')
    await designer.runButton.click()
    const output = page.getByRole('region', { name: 'Output of the run' })
    await expect(output).toContainText('ok')
    await expect(output).toContainText('Completed.')
    await page.getByRole('tab', { name: 'Properties' }).click()
    await designer.select('return')
    await designer.field('value').getByRole('button', { name: 'Insert value' }).click()
    await page.getByRole('combobox', { name: 'Search variables' }).fill('version')
    await expect(page.getByRole('treeitem', { name: /^version / })).toBeVisible()
    await expectAccessible(page)
  })
})

for (const [template, id, expected] of [
  ['Rows, one by one', 'stream-of-rows', '10 values'],
  ['Poll until done', 'poll-until-done', 'Tries: 1'],
] as const) {
  test(`the template “${template}” runs with one click`, async ({ page, millrace, designer }) => {
    await page.goto(millrace.url)
    await page.getByRole('button', { name: 'New flow', exact: true }).click()
    await page.getByRole('dialog').getByText(template).click()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL(`**/flows/${id}`)
    await designer.runButton.click()
    const output = page.getByRole('region', { name: 'Output of the run' })
    await expect(output).toContainText('Completed.')
    await expect(output).toContainText(expected)
  })
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findViolations(page), colorScheme).toEqual([])
  }
}
