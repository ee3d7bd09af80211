import { expect } from '@playwright/test'
import type { Flow, JsonValue } from '@millrace/flow'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { storeFlow } from '../src/stored.ts'

/** A flow that answers with this. */
const answering = (id: string, answer: JsonValue): Flow => ({
  format: 'millrace/flow',
  version: 1,
  id,
  name: `Flow ${id}`,
  nodes: [{ id: 'return', type: 'flow.return', properties: { value: answer } }],
  edges: [],
})

/** What a client of production gets: the answer, or the code of the error. */
async function answerInProduction({ url }: MillraceServer, flowId: string): Promise<unknown> {
  const response = await fetch(`${url}/api/flows/${flowId}/run?env=production`, { method: 'POST' })
  const body = (await response.json()) as { error?: { code: string } } // of our own server
  return response.ok ? body : body.error?.code
}

test('a flow is published, edited without clients noticing, published again and rolled back', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, answering('released', 'one')))
  expect(await answerInProduction(millrace, 'released')).toBe('flow_not_published')
  const button = page.getByRole('button', { name: 'Publish', exact: true })
  await button.click()
  const dialog = page.getByRole('dialog', { name: 'Publish “Flow released”' })
  await expect(dialog).toContainText('Nothing is published to production')
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Publish to production' }).click()
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()
  expect(await answerInProduction(millrace, 'released')).toBe('one')

  await designer.rename('Second')
  await designer.save()
  await expect(button).toHaveAccessibleDescription('Published · 1 change since')
  await button.click()
  const again = page.getByRole('dialog', { name: 'Publish “Second”' })
  await expect(again.getByRole('region', { name: 'What changes' })).toContainText(
    'Name of the flow',
  )
  expect(await findViolations(page)).toEqual([])
  await again.getByRole('button', { name: 'Publish to production' }).click()
  await expect(button).toHaveAccessibleDescription('Published')

  await button.click()
  await again.getByRole('button', { name: /^Roll back to version 1,/ }).click()
  await expect(again.getByRole('region', { name: 'What changes' })).toContainText(
    'Name of the flow',
  )
  await again.getByRole('button', { name: 'Unpublish' }).click()
  await expect(again).toContainText('Nothing is published to production')
  expect(await answerInProduction(millrace, 'released')).toBe('flow_not_published')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(button).toHaveAccessibleDescription('Published · 1 change since')

  // Somebody publishes in another window.
  const publish = `${millrace.url}/api/flows/released/publish`
  await page.request.post(publish, { data: { environment: 'production' } })
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(button).toHaveAccessibleDescription('Published')
  await page.request.post(publish, { data: { environment: 'production', revision: 1 } })

  await page.goto(millrace.url)
  const card = page.locator('[data-flow="released"]')
  await expect(card).toContainText('Published · 1 change since')
})

test('a flow that cannot run is not published, and its problem is one click away', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, answering('unready', { $ref: 'nothing' })))
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Publish to production' })).toBeDisabled()
  await dialog.getByRole('button', { name: /^Error: / }).click()
  await expect(dialog).toBeHidden()
  await expect(designer.field('value')).toBeVisible()
})

test('variables have a value for each environment, and give secret ones to nobody', async ({
  page,
  millrace,
}) => {
  await page.goto(`${millrace.url}/variables`)
  await page.getByRole('button', { name: 'New variable' }).click()
  const dialog = page.getByRole('dialog', { name: 'New variable' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('apiToken')
  await dialog.getByRole('switch', { name: 'Secret' }).click()
  await dialog.getByLabel('Production').fill('not-to-be-seen')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const row = page.getByRole('row', { name: /apiToken/ })
  await expect(row.getByRole('cell')).toHaveText(['Not set', 'Not set', 'Secret', 'Nothing', ''])
  expect(await findViolations(page)).toEqual([])
  expect(await (await fetch(`${millrace.url}/api/variables`)).text()).not.toContain(
    'not-to-be-seen',
  )

  await page.getByRole('button', { name: 'Delete apiToken' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('No variables yet')).toBeVisible()
})
