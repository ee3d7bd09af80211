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
