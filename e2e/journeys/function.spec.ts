import { expect } from '@playwright/test'
import { emptyFlow } from '@millrace/flow'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

test('code is written with the names of its inputs, mended where it is wrong, tried, and run', async ({
  page,
  millrace,
  designer,
}) => {
  await storeFlow(millrace, {
    ...emptyFlow('pricing', 'Pricing'),
    nodes: [
      {
        id: 'trigger',
        type: 'flow.trigger',
        properties: {
          fields: [{ name: 'prices', type: 'list' }],
          defaultData: { prices: [1.5, 2, 4] },
          outputVariable: 'order',
        },
      },
      {
        id: 'compute',
        type: 'flow.function',
        properties: {
          inputs: [{ name: 'order', value: { $ref: 'order' } }],
          resultVariable: 'total',
          resultType: 'number',
        },
      },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'total' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'compute' },
      { from: ['compute', 'next'], to: 'end' },
    ],
    layout: { nodes: { trigger: [0, 0], compute: [340, 0], end: [680, 0] } },
  })
  await designer.open(`${millrace.url}/flows/pricing`)
  await designer.select('compute')
  const field = designer.field('code')
  const dialog = page.getByRole('dialog', { name: 'Code' })
  const editor = dialog.getByRole('textbox', { name: 'Code' })

  await test.step('open it large, with what it gets and gives above it', async () => {
    await expect(designer.problemCount).toContainText('1')
    await field.getByRole('button', { name: 'Open large editor' }).click()
    await expect(dialog).toContainText('function (order: record): number {')
    await expect(dialog.getByLabel('order')).toHaveValue(/"prices"/)
  })

  await test.step('write it with what the editor suggests', async () => {
    await editor.click()
    await page.keyboard.type('const prices: number[] = ord')
    await page.getByRole('option', { name: /order/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('.')
    await page.getByRole('option', { name: /prices/ }).waitFor()
    await page.keyboard.press('Enter')
    await expect(editor).toContainText('const prices: number[] = order.prices')
  })

  await test.step('see what is wrong with it, and mend it', async () => {
    await page.keyboard.insertText('\nreturn prices.reduce((sum, price) => sum + , 0)')
    await expect(dialog.getByRole('status').first()).toContainText('Expression expected.')
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Line 2' }).click()
    await page.keyboard.type('price')
    await expect(dialog.getByText('Expression expected.')).toHaveCount(0)
  })

  await test.step('try it with the default data, and with other values', async () => {
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByLabel('Result')).toHaveText('7.5')
    await dialog.getByLabel('order').fill('{"prices": null}')
    await dialog.getByRole('button', { name: 'Run' }).click()
    await expect(dialog.getByRole('alert')).toContainText(
      'The code of "Function" failed in line 2: TypeError',
    )
    await editor.click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.insertText('console.warn("Computing", order)\n')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByRole('list', { name: 'Console' })).toContainText(
      'Computing {"prices":null}',
    )
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('take it over, undo it as one step, and run the flow', async () => {
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(designer.problemCount).toContainText('none')
    await expect(field.getByRole('textbox', { name: 'Code' })).toContainText('return prices')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(designer.problemCount).toContainText('1')
    await page.getByRole('button', { name: 'Redo' }).click()
    await expect(designer.problemCount).toContainText('none')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('region', { name: 'Output of the run' })).toContainText('7.5')
  })
})
