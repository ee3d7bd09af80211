import type { Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import type { FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const orders: Flow = {
  ...emptyFlow(
    'orders-with-a-rather-long-id-of-somebody',
    'Orders of the warehouse in Bremerhaven',
  ),
  nodes: [
    {
      id: 'start',
      type: 'http.trigger',
      properties: {
        fields: [
          { name: 'customer', type: 'text', description: 'Who it is for, as C-100.' },
          { name: 'express', type: 'boolean' },
          { name: 'lines', type: 'list', optional: true },
        ],
        defaultData: { customer: 'C-17', express: true },
      },
    },
  ],
}

const tool: Flow = {
  ...orders,
  nodes: orders.nodes.map((node) => ({ ...node, type: 'mcp.toolTrigger' })),
}

const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).click()

/** What the server answers to whoever tries the flow. */
function answering(body: string, init: { readonly status?: number; readonly type?: string } = {}) {
  return async (page: Page) => {
    await page.route(/\/v1\/|\/(run|stream|chat|submit)\?env=/, (route) =>
      route.fulfill({
        status: init.status ?? 200,
        contentType: init.type ?? 'text/event-stream',
        headers: { 'x-run-id': '0199f3a1-7d2e-7c11-9f53-2f8a4c1be001' },
        body,
      }),
    )
    await send(page)
    await page.getByText(/^Whole \S/).waitFor()
  }
}

const chunk = (content: string) =>
  `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"example-chat","choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}},"logprobs":null,"finish_reason":null}]}\n\n`

const refusal = JSON.stringify({
  error: {
    code: 'input_invalid',
    message: 'The field "customer" is missing. Send it as text.',
    requestId: '0199f3a1',
  },
})

const withOrders: Partial<FakeServer> = { flows: [orders] }

export const apiScenes: readonly Scene[] = [
  { name: 'api', path: '/flows/example-chat/api' },
  {
    name: 'api-openai',
    path: '/flows/example-chat/api',
    act: async (page) => {
      await page.getByRole('tab', { name: 'useChat' }).click()
      await answering(`${chunk('Hel')}${chunk('lo, miller.')}data: [DONE]\n\n`)(page)
    },
  },
  {
    name: 'api-http',
    path: `/flows/${orders.id}/api`,
    server: withOrders,
    act: async (page) => {
      await page.getByRole('tab', { name: 'Python' }).click()
    },
  },
  { name: 'api-tool', path: `/flows/${tool.id}/api`, server: { flows: [tool] } },
  {
    name: 'api-refused',
    path: `/flows/${orders.id}/api`,
    server: withOrders,
    isNoisy: true,
    act: answering(refusal, { status: 422, type: 'application/json' }),
  },
  {
    name: 'api-lost',
    path: `/flows/${orders.id}/api`,
    server: withOrders,
    isNoisy: true,
    async act(page) {
      await page.route(/\/run\?env=/, (route) => route.abort('connectionrefused'))
      await send(page)
      await page.getByText('No answer came').waitFor()
    },
  },
  { name: 'docs', path: '/docs' },
  { name: 'docs-open', path: '/docs#postFlowsByIdStream' },
  {
    name: 'docs-none',
    path: '/docs',
    act: (page) => page.getByRole('searchbox', { name: 'Search calls' }).fill('teapot'),
  },
]
