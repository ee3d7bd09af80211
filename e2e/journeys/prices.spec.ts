// What a turn cost: an operator gives a model its price, and every place tells runs in money.

import { expect } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

test('a model without a price gets one where that is missed, by keyboard alone', async ({
  page,
  millrace,
  designer,
}) => {
  const usage = { prompt: 1000, completion: 500 }
  const models = { 'house-model-2030-01-31': textAnswer('Hello you there', { usage }) }
  await using model = await startFakeModelServer({ models })
  await storeConnection(millrace, { id: 'priced', name: 'Priced', baseUrl: model.url })
  const chat = { connection: 'priced', modelId: 'house-model-2030-01-31' }
  await designer.open(await storeFlow(millrace, chatFlow('priced', { chat })))
  await designer.ask('What does that cost?')
  await expect(designer.conversation).toContainText('Hello you there')
  await page.getByRole('button', { name: /^Timing and usage/ }).press('Enter')
  const figures = page.getByTestId('figures')
  const add = figures.getByRole('button', { name: 'Add a price for house-model-2030-01-31' })
  await add.press('Enter')

  const dialog = page.getByRole('dialog', { name: 'Model prices' })
  const name = dialog.getByRole('textbox', { name: 'Model of house-model' })
  await expect(name).toBeFocused()
  await expect(dialog).toContainText('public list prices as of')
  await page.keyboard.press('Enter')
  const input = dialog.getByRole('spinbutton', { name: 'Input price of house-model' })
  await expect(input).toBeFocused()
  await expect(input).toHaveAccessibleDescription('Give a price; 0 is free.')
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.type('2')
  await page.keyboard.press('Tab')
  await page.keyboard.type('8,5')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(figures).toContainText('$0.0063')

  await page.goto(`${millrace.url}/connections`)
  await page.getByRole('button', { name: 'Model prices' }).press('Enter')
  await expect(dialog.getByRole('spinbutton', { name: 'Output price of house-model' })).toHaveValue(
    '8.5',
  )
  await dialog.getByRole('button', { name: 'Remove demo', exact: true }).press('Enter')
  await expect(dialog.getByRole('button', { name: 'Remove demo-*' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Add a model' }).press('Enter')
  await expect(dialog.getByRole('textbox', { name: /^Model of row/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Model prices' })).toBeFocused()

  // One server serves many journeys.
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Reset to shipped' }).press('Enter')
  await page
    .getByRole('dialog', { name: /^Reset/ })
    .getByRole('button', { name: 'Reset' })
    .press('Enter')
  await expect(dialog).toBeHidden()
  const answer = await fetch(`${millrace.url}/api/prices`)
  expect(await answer.json()).toMatchObject({ shippedAsOf: expect.any(String) })
})
