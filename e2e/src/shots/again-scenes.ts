import { emptyFlow, type Flow, type RunEvent } from '@millrace/flow'
import type { Page } from '@playwright/test'
import type { FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

/** Pins, and running a part of a flow. */

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never

const flow: Flow = {
  ...emptyFlow('orders', 'Orders'),
  nodes: [
    { id: 'trigger', type: 'flow.trigger', properties: { outputVariable: 'order' } },
    {
      id: 'prices',
      type: 'flow.function',
      title: 'Prices of the day from all of our suppliers',
      properties: { code: 'return [1, 2]', resultVariable: 'prices', resultType: 'list' },
    },
    {
      id: 'sum',
      type: 'flow.function',
      title: 'Sum',
      properties: { code: 'return 3', resultVariable: 'sum', resultType: 'number' },
    },
    {
      id: 'check',
      type: 'flow.function',
      title: 'Check',
      properties: { code: 'throw 1', resultVariable: 'checked', resultType: 'boolean' },
    },
    { id: 'end', type: 'flow.return', properties: { value: { $ref: 'checked' } } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'prices' },
    { from: ['prices', 'next'], to: 'sum' },
    { from: ['sum', 'next'], to: 'check' },
    { from: ['check', 'next'], to: 'end' },
  ],
  layout: {
    nodes: { trigger: [0, 0], prices: [300, 0], sum: [600, 0], check: [300, 220], end: [600, 220] },
  },
}

const storage = {
  'millrace.pins.orders': JSON.stringify({
    prices: { outputs: { result: [1.5, 2, 4] } },
    sum: { outputs: { result: 'seven' } },
  }),
}

const error = {
  code: 'function_failed',
  message: 'The prices of "Check" do not add up. Look at what it is given.',
  retryable: false,
  nodeId: 'check',
} as const

/** A run of it that fails at *Check*; without what *Sum* gave. */
function failedRun(): readonly RunEvent[] {
  const start = Date.now() - 2000
  const drafts: readonly Draft[] = [
    { type: 'run-start', runId: 'run-1', flowId: 'orders', document: 'hash', trace: 'full' },
    { type: 'node-start', visit: 1, nodeId: 'trigger' },
    { type: 'node-end', visit: 1, outputs: { order: {} } },
    { type: 'node-start', visit: 2, nodeId: 'prices' },
    { type: 'node-end', visit: 2, outputs: { prices: [1.5, 2, 4] }, pinned: true },
    { type: 'node-start', visit: 3, nodeId: 'sum' },
    { type: 'node-end', visit: 3 },
    { type: 'node-start', visit: 4, nodeId: 'check' },
    { type: 'node-error', visit: 4, error },
    { type: 'run-end', outcome: 'failed', error },
  ]
  return drafts.map((draft, index) => ({ ...draft, seq: index + 1, at: start + index * 40 }))
}

const server: Partial<FakeServer> = {
  flows: [flow],
  events: failedRun(),
  answer: (_, path) =>
    path === '/functions/check' ? { status: 200, body: { problem: null } } : undefined,
}

function card(page: Page, id: string) {
  return page.locator(`.react-flow__node[data-id="${id}"]`)
}

async function runAndFail(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: /^Run/ }).click()
  await card(page, 'check').getByTestId('node-error').waitFor()
}

export const againScenes: readonly Scene[] = [
  { name: 'pins', path: '/flows/orders', server, storage, act: runAndFail },
  {
    name: 'pins-menu',
    path: '/flows/orders',
    server,
    storage,
    act: (page) => page.getByRole('button', { name: '2 pinned nodes' }).click(),
  },
  {
    name: 'pins-edit',
    path: '/flows/orders',
    server,
    storage,
    act: (page) => card(page, 'prices').getByTestId('pin-mark').click(),
  },
  {
    name: 'pins-misfit',
    path: '/flows/orders',
    server,
    storage,
    async act(page) {
      await page.getByRole('button', { name: 'Outline' }).click()
      await card(page, 'sum').getByTestId('pin-mark').click()
    },
  },
  {
    name: 'again-node-menu',
    path: '/flows/orders',
    server,
    async act(page) {
      await runAndFail(page)
      await card(page, 'check').click({ button: 'right', position: { x: 100, y: 20 } })
    },
  },
  {
    name: 'again-notice',
    path: '/flows/orders',
    server,
    async act(page) {
      await runAndFail(page)
      await card(page, 'check').click({ position: { x: 100, y: 20 } })
    },
  },
  {
    name: 'again-dialog',
    path: '/flows/orders',
    server,
    async act(page) {
      await runAndFail(page)
      await card(page, 'prices').click({ position: { x: 100, y: 20 } })
      await page.getByRole('textbox', { name: 'Title' }).fill('Prices')
      await card(page, 'sum').click({ position: { x: 100, y: 20 } })
      await page.keyboard.press('d')
      await page.keyboard.press('d')
      await card(page, 'check').getByRole('button', { name: 'Check: run again from here' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
]
