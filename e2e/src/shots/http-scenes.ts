import { emptyFlow, type Flow } from '@millrace/flow'
import type { Page } from '@playwright/test'
import type { FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const orderFlow: Flow = {
  ...emptyFlow('order', 'Take an order'),
  nodes: [
    {
      id: 'trigger',
      type: 'http.trigger',
      properties: {
        fields: [
          { name: 'customer', type: 'text' },
          { name: 'count', type: 'number', optional: true },
        ],
        defaultData: { customer: 'C-100', count: 2 },
      },
    },
    {
      id: 'ask',
      type: 'http.request',
      title: 'Find the customer',
      properties: {
        connection: 'shop',
        url: { $text: ['/customers/', { $ref: 'triggerData.customer' }] },
        queryParameters: [{ name: 'fields', value: 'name,credit' }],
        headers: [{ name: 'accept-language', value: 'de' }],
      },
    },
    {
      id: 'confirm',
      type: 'flow.runFlow',
      properties: {
        flow: 'confirm-order',
        inputs: [{ name: 'customer', value: { $ref: 'response.body' } }],
      },
    },
    { id: 'refuse', type: 'flow.log', properties: { message: 'No such customer' } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'ask' },
    { from: ['ask', 'nonSuccess'], to: 'refuse' },
    { from: ['ask', 'continue'], to: 'confirm' },
  ],
  layout: {
    nodes: { trigger: [0, 0], ask: [340, 0], refuse: [720, -60], confirm: [720, 160] },
  },
}

const server: Partial<FakeServer> = {
  flows: [orderFlow],
  connections: [
    {
      id: 'shop',
      kind: 'http',
      name: 'Shop API',
      revision: 1,
      updatedAt: '2026-11-20T09:00:00.000Z',
      fields: { baseUrl: 'https://shop.example.com/v1', token: { set: true } },
    },
  ],
}

const path = '/flows/order'

async function select(page: Page, id: string): Promise<void> {
  await page.locator(`.react-flow__node[data-id="${id}"]`).focus()
  await page.keyboard.press('Enter')
}

async function newHttpConnection(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'HTTP', exact: true }).click()
}

/** What reaches outside: HTTP requests, what starts a flow, flows that run others. */
export const httpScenes: readonly Scene[] = [
  { name: 'http-flow', path, server },
  { name: 'http-request', path, server, act: (page) => select(page, 'ask') },
  { name: 'http-trigger', path, server, act: (page) => select(page, 'trigger') },
  { name: 'http-run-flow', path, server, act: (page) => select(page, 'confirm') },
  { name: 'http-connection-new', path: '/connections', server, act: newHttpConnection },
  {
    name: 'http-connection-oauth',
    path: '/connections',
    server,
    async act(page) {
      await newHttpConnection(page)
      await page.getByRole('radio', { name: 'OAuth 2' }).click()
      await page.getByRole('button', { name: 'Create' }).click()
    },
  },
]
