import { addNode, connect, emptyFlow, type Flow } from '@millrace/flow'
import { ragChatExample, registry } from '@millrace/nodes'
import type { Page } from '@playwright/test'
import type { Scene } from './scenes.ts'

const example = ragChatExample('noted', 'A flow with notes')

const noted: Flow = {
  ...example,
  layout: {
    ...example.layout,
    notes: [
      {
        id: 'frame',
        kind: 'frame',
        text: 'Find what is known',
        colour: 'blue',
        position: [360, 64],
        size: [640, 456],
      },
      {
        id: 'welcome',
        text: '## How it answers\n\n1. Finds *passages* near the question\n2. Reads the last turns\n3. Streams the **answer**\n\nSee [the docs](https://example.com).',
        position: [80, 248],
        size: [256, 192],
      },
      {
        id: 'todo',
        text: 'Too slow? Fewer passages.',
        colour: 'red',
        position: [1088, 208],
        size: [200, 64],
      },
      { id: 'empty', text: '', colour: 'green', position: [1088, 120], size: [200, 64] },
    ],
  },
}

/** The same flow with its cards thrown about. */
const untidy: Flow = {
  ...example,
  id: 'untidy',
  layout: {
    nodes: Object.fromEntries(
      example.nodes.map(({ id }, index) => [
        id,
        [((index * 5) % 7) * 130, ((index * 3) % 5) * 150],
      ]),
    ),
  },
}

/** A flow of so many cards: requests, a decision in every sixth, an answer at the end. */
function longFlow(count: number): Flow {
  let flow: Flow = { ...emptyFlow('long', `A flow of ${count} nodes`) }
  const add = (type: string, from?: readonly [string, string]): string => {
    const index = flow.nodes.length
    const position = [(index % 12) * 280, Math.floor(index / 12) * 200] as const
    const added = addNode(flow, registry, { type, position })
    flow = added.flow
    if (from !== undefined) flow = connect(flow, registry, { from, to: added.nodeId })
    return added.nodeId
  }
  let exit: readonly [string, string] = [add('http.trigger'), 'next']
  while (flow.nodes.length < count - 1) {
    const request = add('http.request', exit)
    add('flow.throw', [request, 'nonSuccess'])
    const decision = add('flow.if', [request, 'continue'])
    add('flow.log', [add('flow.setVariable', [decision, 'true']), 'next'])
    add('flow.wait', [decision, 'false'])
    exit = [decision, 'continue']
    for (const type of ['flow.setVariable', 'openai.chatCompletion', 'flow.log']) {
      if (flow.nodes.length >= count - 1) break
      exit = [add(type, exit), 'next']
    }
  }
  add('flow.return', exit)
  return flow
}

async function arrange(page: Page): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 700 } })
  await page.keyboard.press('Shift+L')
  await page.getByText('Arranging').waitFor({ state: 'hidden' })
  await page.locator('button[aria-label^="Undo: Arrange"]').first().waitFor()
}

async function clickItem(
  page: Page,
  id: string,
  position: { x: number; y: number },
): Promise<void> {
  await page.locator(`.react-flow__node[data-id="${id}"]`).click({ position })
}

/** Notes, frames, guides and what else helps to arrange a flow. */
export const arrangeScenes: readonly Scene[] = [
  { name: 'notes', path: '/flows/noted', server: { flows: [noted] } },
  {
    name: 'note-selected',
    path: '/flows/noted',
    server: { flows: [noted] },
    act: (page) => clickItem(page, 'note:welcome', { x: 120, y: 140 }),
  },
  {
    name: 'note-editing',
    path: '/flows/noted',
    server: { flows: [noted] },
    async act(page) {
      await page.locator('.react-flow__node[data-id="note:welcome"]').dblclick()
    },
  },
  {
    name: 'frame-selected',
    path: '/flows/noted',
    server: { flows: [noted] },
    act: (page) => page.getByText('Find what is known').click(),
  },
  {
    name: 'note-menu',
    path: '/flows/noted',
    server: { flows: [noted] },
    act: (page) => page.getByText('Find what is known').click({ button: 'right' }),
  },
  {
    name: 'arranged-example',
    path: '/flows/untidy',
    server: { flows: [untidy] },
    act: arrange,
  },
  {
    name: 'arranged-noted',
    path: '/flows/noted',
    server: { flows: [noted] },
    act: arrange,
  },
  {
    name: 'arranged-30',
    path: '/flows/long',
    server: { flows: [longFlow(30)] },
    act: arrange,
  },
  {
    name: 'several-selected',
    path: '/flows/noted',
    server: { flows: [noted] },
    async act(page) {
      await clickItem(page, 'search', { x: 120, y: 20 })
      await page.keyboard.down('Shift')
      await clickItem(page, 'getHistory', { x: 120, y: 20 })
      await page.keyboard.up('Shift')
      await page.getByRole('button', { name: 'Align', exact: true }).click()
    },
  },
  {
    name: 'zoom-menu',
    path: '/flows/noted',
    server: { flows: [noted] },
    act: (page) => page.getByRole('button', { name: /^Zoom \d/ }).click(),
  },
  {
    name: 'guides',
    path: '/flows/noted',
    server: { flows: [noted] },
    async act(page) {
      const card = page.locator('.react-flow__node[data-id="note:todo"]')
      const box = await card.boundingBox()
      if (box === null) return
      await page.mouse.move(box.x + 60, box.y + 10)
      await page.mouse.down()
      await page.mouse.move(box.x + 40, box.y - 40, { steps: 4 })
      await page.mouse.move(box.x + 34, box.y - 62, { steps: 8 })
    },
  },
]
