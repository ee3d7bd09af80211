import type { Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import type { FakeAnswer, FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const code = `// A discount grows with the number of lines.
const lines: Line[] = order.lines
interface Line { price: number; quantity: number }

const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
const discount = Math.min(lines.length * 0.02, 0.1)
console.log('Total before the discount:', total)
if (discount === 0.1) console.warn('The largest discount', { rate, discount })

return {
  total: Math.round(total * (1 - discount) * rate * 100) / 100,
  discount,
}`

function pricing(text: string): Flow {
  return {
    ...emptyFlow('pricing', 'Pricing'),
    variables: [{ name: 'rate', type: 'number', value: 1.08 }],
    nodes: [
      {
        id: 'trigger',
        type: 'flow.trigger',
        properties: {
          fields: [
            { name: 'customer', type: 'text' },
            { name: 'lines', type: 'list' },
          ],
          defaultData: {
            customer: 'Ada',
            lines: [
              { price: 12.5, quantity: 2 },
              { price: 3, quantity: 10 },
            ],
          },
          outputVariable: 'order',
        },
      },
      {
        id: 'compute',
        type: 'flow.function',
        title: 'Compute the total',
        properties: {
          inputs: [
            { name: 'order', value: { $ref: 'order' } },
            { name: 'rate', value: { $ref: 'rate' } },
          ],
          ...(text === '' ? {} : { code: text }),
          resultVariable: 'sum',
          resultType: 'record',
        },
      },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'sum.total' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'compute' },
      { from: ['compute', 'next'], to: 'end' },
    ],
    layout: { nodes: { trigger: [0, 0], compute: [340, 0], end: [680, 0] } },
  }
}

/** A server that says this of any code. */
function answering(check: object | null, run?: object): NonNullable<FakeServer['answer']> {
  return (method, path): FakeAnswer | 'never' | undefined => {
    if (method !== 'POST') return undefined
    if (path === '/functions/check') return { status: 200, body: { problem: check } }
    if (path === '/functions/run') return run === undefined ? 'never' : { status: 200, body: run }
    return undefined
  }
}

const broken = code.replace('0.02, 0.1)', '0.02, )')
const brokenProblem = { message: 'Expression expected.', position: { line: 6, column: 47 } }

async function select(page: Page): Promise<void> {
  // By keyboard, since a narrow canvas does not show every node.
  await page.locator('.react-flow__node[data-id="compute"]').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Code' }).waitFor()
}

async function open(page: Page): Promise<void> {
  await select(page)
  await page.getByRole('button', { name: 'Open large editor' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Code' }).waitFor()
}

async function tryIt(page: Page): Promise<void> {
  await open(page)
  await page.getByRole('button', { name: 'Run' }).last().click()
}

const log = [
  { level: 'info', message: 'Total before the discount: 55' },
  { level: 'warning', message: 'The largest discount {"rate":1.08,"discount":0.1}' },
]

function scene(name: string, more: Partial<Scene> & { readonly flow?: Flow }): Scene {
  const { flow = pricing(code), server = {}, ...rest } = more
  return {
    name: `function-${name}`,
    path: '/flows/pricing',
    server: { flows: [flow], answer: answering(null), ...server },
    ...rest,
  }
}

/** The node that runs code, its control and its dialog. */
export const functionScenes: readonly Scene[] = [
  scene('panel', { act: select }),
  scene('panel-empty', { flow: pricing(''), act: select }),
  scene('panel-problem', {
    flow: pricing(broken),
    server: { answer: answering(brokenProblem) },
    act: async (page) => {
      await select(page)
      await page.getByText('Expression expected.').waitFor()
    },
  }),
  scene('dialog', { act: open }),
  scene('dialog-problem', {
    flow: pricing(broken),
    server: { answer: answering(brokenProblem) },
    act: async (page) => {
      await open(page)
      await page.getByRole('dialog').getByText('Expression expected.').waitFor()
    },
  }),
  scene('dialog-completion', {
    act: async (page) => {
      await open(page)
      await page.getByRole('dialog').getByRole('textbox', { name: 'Code' }).click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type('\norder.')
      await page.locator('.cm-tooltip-autocomplete').waitFor()
    },
  }),
  scene('dialog-returned', {
    server: {
      answer: answering(null, {
        status: 'returned',
        result: { total: 57.02, discount: 0.04 },
        log,
        ms: 4,
      }),
    },
    act: async (page) => {
      await tryIt(page)
      await page.getByText('Returned in').waitFor()
    },
  }),
  scene('dialog-failed', {
    server: {
      answer: answering(null, {
        status: 'failed',
        error: {
          code: 'function_failed',
          message:
            'The code of "Compute the total" failed in line 5: TypeError: cannot read property \'price\' of null',
          retryable: false,
          details: {
            line: 5,
            column: 36,
            stack: ['at line 5, column 36', 'at line 5, column 21'],
          },
        },
        log: log.slice(0, 1),
        ms: 6,
      }),
    },
    act: async (page) => {
      await tryIt(page)
      await page.getByText('Failed after').waitFor()
    },
  }),
  scene('dialog-running', {
    act: async (page) => {
      await tryIt(page)
      await page.getByText('It runs…').waitFor()
    },
  }),
]
