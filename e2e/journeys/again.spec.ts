import { expect } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

/** A number that is another one each time, and a node that takes only one of them. */
const lottery: Flow = {
  ...emptyFlow('lottery', 'Lottery'),
  nodes: [
    { id: 'trigger', type: 'flow.trigger' },
    {
      id: 'draw',
      type: 'flow.function',
      title: 'Draw',
      properties: {
        code: 'return Math.random()',
        resultVariable: 'drawn',
        resultType: 'number',
      },
    },
    {
      id: 'check',
      type: 'flow.function',
      title: 'Check',
      properties: {
        inputs: [{ name: 'drawn', value: { $ref: 'drawn' } }],
        code: 'if (drawn !== 7) throw new Error("No luck")\nreturn "Lucky " + drawn',
        resultVariable: 'verdict',
        resultType: 'text',
      },
    },
    { id: 'end', type: 'flow.return', properties: { value: { $ref: 'verdict' } } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'draw' },
    { from: ['draw', 'next'], to: 'check' },
    { from: ['check', 'next'], to: 'end' },
  ],
  layout: { nodes: { trigger: [0, 0], draw: [300, 0], check: [600, 0], end: [900, 0] } },
}

test('a run goes on from where it failed, with what came before, and a node gives what is pinned', async ({
  page,
  millrace,
  designer,
}) => {
  const address = await storeFlow(millrace, lottery)
  await designer.open(address)
  const mark = designer.card('draw').getByTestId('pin-mark')
  const menuOf = async (nodeId: string, item: string) => {
    await designer.card(nodeId).click({ button: 'right', position: { x: 120, y: 24 } })
    await page.getByRole('menuitem', { name: item }).click()
  }

  await test.step('run again from the node that failed: what was drawn stays', async () => {
    await page.keyboard.press('Control+Enter')
    await expect(designer.status('check')).toContainText('Failed')
    await designer.select('check')
    await page.getByRole('button', { name: 'Run again from here' }).first().click()
    await expect(designer.status('draw')).toContainText('Not run')
    await expect(designer.status('check')).toContainText('Failed')
    await expect(designer.status('end')).toHaveCount(0)
  })

  await test.step('pin what was drawn with one key, and write down another number', async () => {
    await designer.select('draw')
    await page.keyboard.press('p')
    await expect(mark).toHaveAccessibleName('Draw: Pinned, does not run')
    await mark.click()
    const text = page.getByRole('textbox', { name: 'Pinned output of “Draw”' })
    await text.fill('{ "drawn": "seven" }')
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText('"drawn" is no number.')
    await expect(page.getByRole('button', { name: 'OK' })).toBeDisabled()
    expect(await findViolations(page)).toEqual([])
    await text.fill('{ "drawn": 7 }')
    await page.keyboard.press('Control+Enter')
  })

  await test.step('it is still pinned after a reload, and the run has it', async () => {
    await designer.open(address)
    await expect(designer.runButton).toContainText('Run with 1 pin')
    await designer.runButton.click()
    await expect(designer.panel.getByLabel('Value of result')).toHaveText('Lucky 7')
    await expect(designer.status('draw')).toContainText('Not run')
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('unpin all, and run to a node and no further, or that node alone', async () => {
    await page.getByRole('button', { name: '1 pinned node' }).click()
    await page.getByRole('menuitem', { name: 'Unpin all' }).click()
    await expect(mark).toHaveCount(0)
    await menuOf('draw', 'Run to here')
    await expect(designer.panel.getByText('Stopped behind “Draw”.')).toBeVisible()
    await expect(designer.status('draw')).not.toContainText('Not run')
    await expect(designer.status('check')).toHaveCount(0)
    await menuOf('draw', 'Run only this node')
    await expect(
      designer.panel.getByText('Ran from “Draw” on. Stopped behind “Draw”.'),
    ).toBeVisible()
    await expect(designer.status('check')).toHaveCount(0)
  })

  await test.step('clients know of no pin: they get what the flow does', async () => {
    const answer = await fetch(`${millrace.url}/api/flows/lottery/run`, { method: 'POST' })
    expect(await answer.text()).toContain('No luck')
  })
})
