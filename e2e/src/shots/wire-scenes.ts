import type { Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { branchingShape } from '../branching-shape.ts'
import { Designer } from '../designer.ts'
import type { FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

/** A chat that answers in one branch of two, with something loose beside it. */
const branching: Flow = {
  ...emptyFlow('wires', 'Answer or apologise'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger', properties: { outputVariable: 'request' } },
    {
      id: 'if',
      type: 'flow.if',
      title: 'Is it open?',
      properties: { condition: { $expr: 'request.prompt != ""' } },
    },
    {
      id: 'ask',
      type: 'openai.chatCompletion',
      title: 'Ask the model',
      properties: {
        connection: 'demo',
        modelId: 'demo',
        userPrompt: { $ref: 'request.prompt' },
        resultVariable: 'response',
      },
    },
    {
      id: 'send',
      type: 'flow.yieldReturn',
      title: 'Send the answer',
      properties: { value: { $ref: 'response.content' } },
    },
    {
      id: 'sorry',
      type: 'flow.yieldReturn',
      title: 'Apologise',
      properties: { value: 'We are closed.' },
    },
    { id: 'after', type: 'flow.return', title: 'Give it back' },
    {
      id: 'loose',
      type: 'flow.log',
      title: 'Note it',
      properties: { message: { $text: ['Asked: ', { $ref: 'request.prompt' }] } },
    },
  ],
  ...branchingShape,
}

const server: Partial<FakeServer> = { flows: [branching] }
const path = '/flows/wires'

/** Shows all of it, so that every port is in reach; beside a panel, a narrow window has no room for ports. */
async function fit(page: Page): Promise<Designer> {
  if ((page.viewportSize()?.width ?? 0) < 1000) {
    await page.getByRole('button', { name: 'Properties', pressed: true }).click()
  }
  await page.getByRole('button', { name: 'Show the whole flow' }).click()
  return new Designer(page)
}

async function hold(page: Page, from: readonly [string, string], to: readonly [string, string]) {
  const designer = await fit(page)
  await designer.holdWire(designer.port(...from), designer.port(...to))
}

async function drop(page: Page, from: readonly [string, string], to: readonly [string, string]) {
  await hold(page, from, to)
  await page.mouse.up()
}

/** A flow from elsewhere: with a node, a connection and a flow that are not here. */
const foreign: Flow = {
  ...branching,
  id: 'elsewhere',
  name: 'Support with dice',
  variables: [{ name: 'tone', type: 'text', value: 'kind' }],
  nodes: [
    ...branching.nodes.map((node) =>
      node.id === 'ask'
        ? { ...node, properties: { ...node.properties, connection: 'company-key' } }
        : node,
    ),
    { id: 'dice', type: 'acme.dice' },
    { id: 'call', type: 'flow.runFlow', properties: { flow: 'escalate' } },
  ],
}

async function pasteText(page: Page, text: string): Promise<void> {
  await page.locator('.react-flow__pane').focus()
  await page.evaluate((content) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', content)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)
}

/** Wires, edges, and what deleting and pasting say. */
export const wireScenes: readonly Scene[] = [
  {
    name: 'wire-hint',
    path,
    server,
    act: (page) => hold(page, ['sorry', 'exec:next'], ['send', 'exec-in']),
  },
  {
    name: 'wire-card',
    path,
    server,
    act: async (page) => {
      const designer = await fit(page)
      await designer.port('sorry', 'exec:next').hover()
      await page.mouse.down()
      await designer.card('loose').hover({ position: { x: 120, y: 24 } })
    },
  },
  {
    name: 'wire-menu',
    path,
    server,
    act: async (page) => {
      await drop(page, ['sorry', 'exec:next'], ['send', 'exec-in'])
      await page.getByRole('menuitem', { name: /^Run after/ }).hover()
    },
  },
  {
    name: 'wire-replace',
    path,
    server,
    act: async (page) => {
      await drop(page, ['ask', 'exec:next'], ['loose', 'exec-in'])
      await page.getByRole('menuitem', { name: /^Replace/ }).hover()
    },
  },
  {
    name: 'wire-refusal',
    path,
    server,
    act: (page) => hold(page, ['ask', 'out:response'], ['sorry', 'in:value']),
  },
  {
    name: 'wire-keep',
    path,
    server,
    act: async (page) => {
      await drop(page, ['ask', 'out:response'], ['after', 'in:value'])
      await page.getByRole('menuitem').first().hover()
    },
  },
  {
    name: 'wire-fields',
    path,
    server,
    act: (page) => drop(page, ['trigger', 'out:request'], ['ask', 'in:userPrompt']),
  },
  {
    name: 'wire-picker',
    path,
    server,
    act: async (page) => {
      const designer = await fit(page)
      await designer.dropWire(designer.port('trigger', 'out:request'), { right: 40, down: 60 })
      await page.getByRole('combobox', { name: 'Add a node' }).waitFor()
    },
  },
  {
    name: 'edge-tools',
    path,
    server,
    act: async (page) => {
      await fit(page)
      await page.getByRole('group', { name: /^Edge from Is it open\?, True/ }).focus()
    },
  },
  {
    name: 'edge-splice',
    path,
    server,
    act: async (page) => {
      const designer = await fit(page)
      await designer.card('loose').hover({ position: { x: 120, y: 20 } })
      const [from, to] = await Promise.all([
        designer.port('trigger', 'exec:next').boundingBox(),
        designer.port('if', 'exec-in').boundingBox(),
      ])
      await page.mouse.down()
      const [x, y] = [((from?.x ?? 0) + (to?.x ?? 0)) / 2, from?.y ?? 0]
      await page.mouse.move(x, y - 60, { steps: 6 })
      const start = await designer.port('loose', 'exec-in').boundingBox()
      await page.mouse.move(x, 2 * y - 60 - (start?.y ?? y), { steps: 4 })
      await page.locator('[data-splice]').waitFor({ state: 'attached' })
    },
  },
  {
    name: 'delete-references',
    path,
    server,
    act: async (page) => {
      const designer = await fit(page)
      await designer.select('trigger')
      await page.keyboard.press('Delete')
      await page.locator('[data-sonner-toast][data-mounted=true]').waitFor()
      await page.getByText('properties referred to what is gone.').hover()
    },
  },
  {
    name: 'paste-summary',
    path,
    server,
    act: async (page) => {
      await fit(page)
      await pasteText(page, JSON.stringify(foreign))
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'data-lines',
    path,
    server,
    storage: { 'millrace.dataLines': 'always' },
    act: async (page) => {
      const designer = await fit(page)
      await designer.port('send', 'in:value').hover()
      await page.getByRole('tooltip').waitFor()
    },
  },
  {
    name: 'data-lines-menu',
    path,
    server,
    act: async (page) => {
      const designer = await fit(page)
      await designer.select('ask')
      await page.getByRole('button', { name: 'Data lines' }).click()
    },
  },
]
