import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, type Locator, type Page } from '@playwright/test'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

const chain: Flow = {
  ...emptyFlow('gestures', 'Gestures'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    { id: 'first', type: 'flow.log', title: 'First' },
    { id: 'second', type: 'flow.log', title: 'Second' },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'first' },
    { from: ['first', 'next'], to: 'second' },
  ],
  layout: { nodes: { trigger: [0, 0], first: [336, 0], second: [336, 240] } },
}

test('a gesture is given up by Escape, and leaves no step to undo', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chain))
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo/ })

  await test.step('a drag', async () => {
    await designer.select('second')
    const before = await designer.card('second').boundingBox()
    await hold(page, designer.card('second'), { right: 120, down: 80 })
    expect(await designer.card('second').boundingBox()).not.toEqual(before)
    await page.keyboard.press('Escape')
    await page.mouse.move(600, 600)
    await page.mouse.up()
    expect(await designer.card('second').boundingBox()).toEqual(before)
    await expect(designer.node('second')).toHaveClass(/selected/)
    await expect(undo).toBeDisabled()
  })

  await test.step('a wire', async () => {
    await hold(page, designer.port('second', 'exec:next'), { right: 120, down: 80 })
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect(page.getByRole('combobox', { name: 'Add a node' })).toHaveCount(0)
    await expect(undo).toBeDisabled()
  })
})

test('a click on one of several selected nodes selects it alone', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, { ...chain, id: 'gestures-click' }))
  const selected = page.locator('.react-flow__node.selected')
  await designer.select('first')
  await page.keyboard.down('Shift')
  await designer.select('second')
  await page.keyboard.up('Shift')
  await expect(selected).toHaveCount(2)
  await designer.select('second')
  await expect(selected).toHaveCount(1)
  await page.keyboard.press('F2')
  await expect(designer.card('second').getByRole('textbox')).toBeFocused()
})

test('a wire that is dropped on the buttons over the canvas asks for a node, as beside them', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, { ...chain, id: 'gestures-buttons' }))
  const buttons = await page.getByRole('group', { name: 'View' }).boundingBox()
  if (buttons === null) throw new Error('The buttons of the view are not in the window.')
  await hold(page, designer.port('second', 'exec:next'), { right: 40, down: 40 })
  await page.mouse.move(buttons.x + 20, buttons.y + buttons.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByRole('combobox', { name: 'Add a node' })).toBeFocused()
})

test('the keyboard goes from a card into its form, and comes back to it from its title', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, { ...chain, id: 'gestures-keys' }))
  await designer.select('second')
  for (const [key, title] of [
    ['Escape', 'Second'],
    ['Enter', 'Third'],
  ] as const) {
    await page.keyboard.press('F2')
    await page.keyboard.type('Third')
    await page.keyboard.press(key)
    await expect(designer.node('second')).toBeFocused()
    await expect(designer.card('second')).toContainText(title)
  }
  await page.keyboard.press('Enter')
  await expect(designer.panel.locator(':focus')).toHaveCount(1)

  // Also where the form was closed.
  await page.getByRole('banner').getByRole('button', { name: 'Properties' }).click()
  await expect(designer.panel).toBeHidden()
  await designer.node('second').press('Enter')
  await expect(designer.panel.locator(':focus')).toHaveCount(1)
})

/** Takes something up by its upper half and moves it, without letting go. */
async function hold(
  page: Page,
  what: Locator,
  by: { readonly right: number; readonly down: number },
): Promise<void> {
  const box = await what.boundingBox()
  if (box === null) throw new Error('What should be dragged is not in the window.')
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(20, box.height / 2)]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + by.right, y + by.down, { steps: 6 })
}
