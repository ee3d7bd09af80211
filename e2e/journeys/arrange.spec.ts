import type { Flow, Layout } from '@millrace/flow'
import { ragChatExample } from '@millrace/nodes'
import { expect, type Page } from '@playwright/test'
import type { Designer } from '../src/designer.ts'
import { test } from '../src/journey.ts'
import { storedText, storeFlow } from '../src/stored.ts'

const example = ragChatExample('arranged', 'To be arranged')
/** Its cards lie in a heap, two to the right of it. */
const heap: Flow = {
  ...example,
  layout: {
    nodes: Object.fromEntries(
      example.nodes.map(({ id }, index) => [id, [index < 2 ? 640 : 0, (index % 2) * 320]]),
    ),
  },
}

test('a flow is arranged, annotated, framed and lined up, by mouse and by keyboard', async ({
  page,
  millrace,
  designer,
}) => {
  const layout = async (): Promise<Layout> => {
    await designer.save()
    const flow = JSON.parse(await storedText(millrace, 'arranged')) as Flow // what we stored
    return flow.layout ?? {}
  }
  await designer.open(await storeFlow(millrace, heap))
  const untidy = await layout()

  await test.step('arrange it in one step that can be undone', async () => {
    await focusCanvas(page)
    await page.keyboard.press('Shift+L')
    await expect(page.getByRole('button', { name: 'Undo: Arrange' })).toBeVisible()
    const { nodes } = await layout()
    expect(nodes?.['embedder']?.[0]).toBe(nodes?.['search']?.[0])
    expect(nodes?.['yieldMessage']?.[1]).toBeLessThan(nodes?.['saveHistory']?.[1] ?? 0)
    await focusCanvas(page)
    await page.keyboard.press('Control+z')
    expect((await layout()).nodes).toEqual(untidy.nodes)
    await page.keyboard.press('Control+Shift+z')
  })

  await test.step('frame a part of it; its content follows when the frame is dragged', async () => {
    await designer.select('search')
    await page.keyboard.down('Shift')
    await designer.select('embedder')
    await page.keyboard.up('Shift')
    await page.keyboard.press('Control+g')
    await page.getByRole('textbox', { name: 'Title of the frame' }).fill('What is known')
    await page.keyboard.press('Enter')
    const before = await layout()
    await drag(page, designer.node('note:frame').getByText('What is known'), { x: 0, y: -96 })
    const after = await layout()
    for (const id of ['search', 'embedder']) {
      expect(after.nodes?.[id]?.[1]).toBe((before.nodes?.[id]?.[1] ?? 0) - movedBy(before, after))
    }
    expect(after.nodes?.['trigger']).toEqual(before.nodes?.['trigger'])
  })

  await test.step('write a note, colour it and size it by keyboard', async () => {
    await focusCanvas(page)
    await page.keyboard.press('Shift+S')
    await page.getByRole('textbox', { name: /^Text of the note/ }).fill('**Mind** the cost')
    await page.keyboard.press('Escape')
    const note = designer.node('note:note')
    await expect(note).toBeFocused()
    await expect(note.locator('strong')).toHaveText('Mind')
    await page.keyboard.press('Control+ArrowRight')
    await page.getByRole('toolbar', { name: 'Note' }).getByLabel('Colour blue').click()
    const { notes } = await layout()
    expect(notes?.find(({ id }) => id === 'note')).toMatchObject({
      text: '**Mind** the cost',
      colour: 'blue',
      size: [248, 136],
    })
  })

  await test.step('walk along the flow, and line two cards up', async () => {
    await designer.select('trigger')
    await page.keyboard.press('Alt+ArrowRight')
    await expect(designer.node('search')).toBeFocused()
    await page.keyboard.press('Alt+ArrowDown')
    await expect(designer.node('embedder')).toBeFocused()
    await page.keyboard.press('Alt+ArrowUp')
    await expect(designer.node('search')).toBeFocused()
    await page.keyboard.down('Shift')
    await designer.select('getHistory')
    await page.keyboard.up('Shift')
    await page.getByRole('button', { name: 'Align', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Align top' }).click()
    const { nodes } = await layout()
    expect(nodes?.['getHistory']?.[1]).toBe(nodes?.['search']?.[1])
  })
})

test('a dragged card snaps to others, to the grid, or to nothing, and Ctrl leaves a copy', async ({
  page,
  millrace,
  designer,
}) => {
  const flow: Flow = {
    ...example,
    id: 'snapping',
    nodes: [
      { id: 'one', type: 'flow.log' },
      { id: 'two', type: 'flow.log' },
    ],
    edges: [],
    attachments: [],
    layout: { nodes: { one: [3, 0], two: [400, 320] } },
  }
  const places = async () => {
    await designer.save()
    const stored = JSON.parse(await storedText(millrace, 'snapping')) as Flow // what we stored
    return stored.layout?.nodes ?? {}
  }
  await designer.open(await storeFlow(millrace, flow))
  const card = designer.card('two')
  const box = await card.boundingBox()
  const first = await designer.card('one').boundingBox()
  const zoom = (box?.width ?? 0) / 256

  // To the left until it stands below the other, but for some pixels.
  await drag(page, card, { x: (first?.x ?? 0) - (box?.x ?? 0) + 3, y: 0 })
  expect((await places())['two']).toEqual([3, 320])

  await page.keyboard.down('Alt')
  await drag(page, card, { x: 101 * zoom, y: 51 * zoom })
  await page.keyboard.up('Alt')
  const [x = 0, y = 0] = (await places())['two'] ?? []
  expect([Math.abs(x - 104) <= 1, Math.abs(y - 371) <= 1]).toEqual([true, true])

  await page.keyboard.down('Control')
  await drag(page, card, { x: 300, y: 0 })
  await page.keyboard.up('Control')
  const copied = await places()
  expect(Object.keys(copied)).toHaveLength(3)
  expect(copied['two']).toEqual([x, y])

  // What is selected elsewhere is not copied along.
  await designer.select('two')
  await page.keyboard.down('Control')
  await drag(page, designer.card('one'), { x: 0, y: 200 })
  await page.keyboard.up('Control')
  const again = await places()
  expect(Object.keys(again)).toHaveLength(4)
  expect([again['one'], again['two']]).toEqual([copied['one'], copied['two']])
})

async function focusCanvas(page: Page): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } })
}

async function drag(
  page: Page,
  item: ReturnType<Designer['card']>,
  by: { readonly x: number; readonly y: number },
): Promise<void> {
  const box = await item.boundingBox()
  const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 14]
  await page.mouse.move(x - 2, y)
  await page.mouse.down()
  // The drag starts where the pointer is when it is known to be one.
  await page.mouse.move(x, y)
  await page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 4 })
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 })
  await page.mouse.up()
}

/** How far up the frame went. */
function movedBy(before: Layout, after: Layout): number {
  const top = ({ notes }: Layout) => notes?.find(({ id }) => id === 'frame')?.position[1] ?? 0
  const way = top(before) - top(after)
  expect(way).toBeGreaterThan(80)
  return way
}
