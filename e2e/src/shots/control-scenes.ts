import type { Page } from '@playwright/test'
import { emptyFlow, type ErrorShape, type Flow, type RunEvent } from '@millrace/flow'
import { orderIntakeExample, pollUntilDoneExample, streamRowsExample } from '@millrace/nodes'
import type { FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never

const intake = orderIntakeExample('orders', 'Order intake')
const rows = streamRowsExample('rows', 'Stream of rows')
const poll = pollUntilDoneExample('poll', 'Poll until done', 'http://localhost:4400')

/** What sends orders on: a request with all that it may have, another flow, and code. */
const shipping: Flow = {
  ...emptyFlow('shipping', 'Shipping'),
  variables: [{ name: 'count', type: 'number', value: 0 }],
  nodes: [
    {
      id: 'trigger',
      type: 'flow.trigger',
      properties: {
        fields: [
          { name: 'orderId', type: 'text', description: 'As the shop numbers it.' },
          { name: 'express', type: 'boolean', optional: true },
          { name: 'lines', type: 'list' },
        ],
        outputVariable: 'order',
      },
    },
    {
      id: 'call',
      type: 'http.request',
      title: 'Book the parcel',
      properties: {
        method: 'POST',
        url: 'https://parcels.example.com/bookings',
        headers: [
          { name: 'Accept', value: 'application/json' },
          { name: 'Idempotency-Key', value: { $ref: 'order.orderNumber' } },
        ],
        bodyType: 'json',
        body: { $ref: 'order' },
        responseVariable: 'booking',
      },
    },
    {
      id: 'intake',
      type: 'flow.runFlow',
      title: 'Check the order',
      properties: {
        flow: 'orders',
        inputs: [{ name: 'lines', value: { $ref: 'order.lines' } }],
        yieldVariable: 'value',
        resultVariable: 'checked',
      },
    },
    { id: 'lost', type: 'flow.runFlow', properties: { flow: 'invoicing', resultVariable: '' } },
    {
      id: 'set',
      type: 'flow.setVariable',
      properties: { variable: 'count', value: { $ref: 'order.orderId' } },
    },
    { id: 'while', type: 'flow.while', properties: { condition: { $expr: 'count < 3' } } },
    { id: 'wait', type: 'flow.wait', properties: { duration: 1.5 } },
    { id: 'next', type: 'flow.continue' },
    { id: 'end', type: 'flow.yieldBreak' },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'call' },
    { from: ['call', 'success'], to: 'intake' },
    { from: ['call', 'nonSuccess'], to: 'end' },
    { from: ['intake', 'continue'], to: 'lost' },
    { from: ['call', 'continue'], to: 'while' },
    { from: ['while', 'whileTrue'], to: 'wait' },
    { from: ['wait', 'next'], to: 'next' },
    { from: ['while', 'continue'], to: 'set' },
  ],
  layout: {
    nodes: {
      trigger: [0, 0],
      call: [320, 0],
      intake: [640, -60],
      lost: [960, -60],
      end: [640, 160],
      while: [0, 300],
      wait: [320, 300],
      next: [640, 300],
      set: [320, 440],
    },
  },
}

const flows = [intake, rows, poll, shipping]

async function select(page: Page, id: string): Promise<void> {
  // By keyboard, since a narrow canvas does not show every node.
  await page.locator(`.react-flow__node[data-id="${id}"]`).focus()
  await page.keyboard.press('Enter')
}

const failure: ErrorShape = {
  code: 'flow_failed',
  message: '"Bran, 10 kg" has no quantity.',
  retryable: false,
  nodeId: 'throw',
}

/** A visit of a node that ends at once. */
function visit(number: number, nodeId: string, place?: readonly [parent: number, port: string]) {
  return [
    {
      type: 'node-start' as const,
      visit: number,
      nodeId,
      ...(place === undefined ? {} : { parent: place[0], port: place[1] }),
    },
    { type: 'node-end' as const, visit: number },
  ]
}

function begun(flowId: string): readonly Draft[] {
  return [
    { type: 'run-start', runId: 'run-1', flowId, document: 'hash', trace: 'full' },
    ...visit(1, 'trigger'),
  ]
}

/** An order whose second line is refused: thrown, caught, and returned as a reason. */
const refused: readonly Draft[] = [
  ...begun('orders'),
  { type: 'node-start', visit: 2, nodeId: 'try' },
  { type: 'node-start', visit: 3, nodeId: 'forEach', parent: 2, port: 'try' },
  { type: 'node-start', visit: 4, nodeId: 'check', parent: 3, port: 'forEachItem' },
  ...visit(5, 'add', [4, 'else']),
  { type: 'node-end', visit: 4 },
  { type: 'node-start', visit: 6, nodeId: 'check', parent: 3, port: 'forEachItem' },
  { type: 'node-start', visit: 7, nodeId: 'throw', parent: 6, port: 'case.noQuantity' },
  { type: 'node-error', visit: 7, error: failure },
  { type: 'node-error', visit: 6, error: failure },
  { type: 'node-error', visit: 3, error: failure },
  ...visit(8, 'log', [2, 'catch']),
  ...visit(9, 'refuse', [2, 'catch']),
  { type: 'node-end', visit: 2 },
  {
    type: 'run-end',
    outcome: 'completed',
    result: { accepted: false, reason: failure.message },
    usage: null,
  },
]

/** So many customers of the stream of rows. */
function streamed(count: number, more: readonly Draft[]): readonly Draft[] {
  const customers = Array.from({ length: count }, (_, index): readonly Draft[] => {
    const first = 4 + index * 2
    const net = 100 + (((index + 1) * 37) % 90)
    return [
      { type: 'node-start', visit: first, nodeId: 'if', parent: 3, port: 'forEachItem' },
      { type: 'node-start', visit: first + 1, nodeId: 'yield', parent: first, port: 'true' },
      {
        type: 'run-yield',
        visit: first + 1,
        value: { customer: `Customer ${index + 1}`, net, gross: Math.round(net * 119) / 100 },
      },
      { type: 'node-end', visit: first + 1 },
      { type: 'node-end', visit: first },
    ]
  })
  return [
    ...begun('rows'),
    ...visit(2, 'rows'),
    { type: 'node-start', visit: 3, nodeId: 'forEach' },
    ...customers.flat(),
    ...more,
  ]
}

const completed: Draft = { type: 'run-end', outcome: 'completed', result: null, usage: null }
const unreachable: ErrorShape = {
  code: 'provider_unreachable',
  message: 'Nothing answers at localhost:4400. Check the URL, and whether the server is up.',
  retryable: true,
  nodeId: 'request',
  property: 'url',
  details: { host: 'localhost:4400' },
}

function server(drafts: readonly Draft[] = []): Partial<FakeServer> {
  const start = Date.now() - 900
  return {
    flows,
    events: drafts.map((draft, index) => numbered(draft, index, start)),
  }
}

function numbered(draft: Draft, index: number, start: number): RunEvent {
  return { ...draft, seq: index + 1, at: start + index * 7 } as RunEvent // what was taken out is put back
}

async function run(page: Page): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: 'Output of the run' }).waitFor()
}

/** The nodes of control flow and HTTP: their cards, controls and runs. */
export const controlScenes: readonly Scene[] = [
  { name: 'control-cards', path: '/flows/orders', server: server() },
  { name: 'control-cards-http', path: '/flows/shipping', server: server() },
  { name: 'control-caught', path: '/flows/orders', server: server(refused), act: run },
  {
    name: 'control-cases',
    path: '/flows/orders',
    server: server(),
    async act(page) {
      await select(page, 'check')
      await page.getByRole('button', { name: 'Add case' }).click()
    },
  },
  {
    name: 'control-cases-wrong',
    path: '/flows/orders',
    server: {
      flows: [
        {
          ...intake,
          nodes: intake.nodes.map((node) =>
            node.id === 'check'
              ? {
                  ...node,
                  properties: {
                    cases: [
                      { id: 'big', name: 'Big', condition: { $expr: 'line.price > "x' } },
                      {
                        id: 'gone',
                        name: 'Gone',
                        condition: {
                          match: 'all',
                          rows: [{ left: { $ref: 'lime.price' }, operator: 'isEmpty' }],
                        },
                      },
                    ],
                  },
                }
              : node,
          ),
        },
      ],
    },
    act: (page) => select(page, 'check'),
  },
  {
    name: 'control-http',
    path: '/flows/shipping',
    server: server(),
    act: (page) => select(page, 'call'),
  },
  {
    name: 'control-run-flow',
    path: '/flows/shipping',
    server: server(),
    act: (page) => select(page, 'intake'),
  },
  {
    name: 'control-run-lost-flow',
    path: '/flows/shipping',
    server: server(),
    isNoisy: true,
    act: (page) => select(page, 'lost'),
  },
  {
    name: 'control-fields',
    path: '/flows/shipping',
    server: server(),
    async act(page) {
      await select(page, 'trigger')
      await page.getByRole('button', { name: 'Edit fields' }).click()
      await page.getByRole('button', { name: 'Make from example JSON' }).click()
      await page.getByRole('textbox', { name: 'Example JSON' }).fill('{ "order id": 7 }')
    },
  },
  {
    name: 'control-wait',
    path: '/flows/shipping',
    server: server(),
    act: (page) => select(page, 'wait'),
  },
  {
    name: 'control-new-variable',
    path: '/flows/poll',
    server: server(),
    async act(page) {
      await select(page, 'count')
      await page.getByRole('button', { name: 'New variable' }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('my count')
    },
  },
  {
    name: 'control-known-fields',
    path: '/flows/orders',
    server: server(),
    async act(page) {
      await select(page, 'throw')
      const message = page.locator('[data-property="message"]')
      await message.getByRole('button', { name: 'Insert value' }).click()
      await page.getByRole('combobox', { name: 'Search variables' }).fill('quantity')
    },
  },
  {
    name: 'control-throw',
    path: '/flows/orders',
    server: server(),
    act: (page) => select(page, 'throw'),
  },
  {
    name: 'control-add-node',
    path: '/flows/orders',
    server: server(),
    async act(page) {
      await page.getByRole('button', { name: 'Add node' }).click()
      await page.getByRole('combobox', { name: 'Add a node' }).fill('loop')
    },
  },
  {
    name: 'output-idle',
    path: '/flows/rows',
    server: server(),
    async act(page) {
      await page.getByRole('button', { name: 'Output', exact: true }).click()
    },
  },
  {
    name: 'output-wrong-input',
    path: '/flows/orders',
    server: server(),
    storage: { 'millrace.input.orders': '{ "customerId": 7, "lines": "two" }' },
    act: run,
  },
  {
    name: 'output-json-input',
    path: '/flows/orders',
    server: server(),
    storage: { 'millrace.input.orders': '{ "customerId": "C-1", "lines": [' },
    act: run,
  },
  {
    name: 'output-running',
    path: '/flows/rows',
    server: server(streamed(4, [])),
    act: run,
  },
  {
    name: 'output-done',
    path: '/flows/rows',
    server: server(streamed(12, [{ type: 'node-end', visit: 3 }, completed])),
    act: run,
  },
  { name: 'output-result', path: '/flows/orders', server: server(refused), act: run },
  {
    name: 'output-failed',
    path: '/flows/poll',
    server: server([
      ...begun('poll'),
      { type: 'node-start', visit: 2, nodeId: 'while' },
      ...visit(3, 'count', [2, 'whileTrue']),
      { type: 'node-start', visit: 4, nodeId: 'request', parent: 2, port: 'whileTrue' },
      { type: 'node-error', visit: 4, error: unreachable },
      { type: 'node-error', visit: 2, error: unreachable },
      { type: 'run-end', outcome: 'failed', error: unreachable },
    ]),
    act: run,
  },
  {
    name: 'output-stopped',
    path: '/flows/rows',
    server: server(
      streamed(3, [
        {
          type: 'node-error',
          visit: 3,
          error: { code: 'cancelled', message: 'The run was stopped.', retryable: false },
        },
        { type: 'run-end', outcome: 'cancelled', usage: null },
      ]),
    ),
    act: run,
  },
]
