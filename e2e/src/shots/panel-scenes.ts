import type { Page } from '@playwright/test'
import { streamingChatExample } from '@millrace/nodes'
import type { Flow } from '@millrace/flow'
import { sampleRun } from './sample-run.ts'
import type { Scene } from './scenes.ts'

const base = streamingChatExample('letters', 'Letters to customers')

/** A flow in which values are formatted, and two references lead nowhere. */
const letters: Flow = {
  ...base,
  variables: [
    { name: 'tone', type: 'text', value: 'friendly', description: 'How letters sound.' },
    { name: 'recipients', type: 'list', value: ['Ada', 'Grace'] },
    { name: 'temperature', type: 'number', value: 0.3456 },
  ],
  nodes: base.nodes.map((node) =>
    node.id === 'chat'
      ? {
          ...node,
          properties: {
            ...node.properties,
            systemPrompt: {
              $text: [
                'Write to ',
                { $expr: 'recipients.map(item, string(item)).join(", ")' },
                ' in a ',
                { $ref: 'tone' },
                ' tone.',
              ],
            },
            context: { $ref: 'tones' },
            temperature: { $expr: 'round(temperature, 1)' },
          },
        }
      : node,
  ),
}

/** The same after somebody renamed a variable in the file, with a node that comes too late for a message. */
const broken: Flow = {
  ...letters,
  nodes: [
    ...letters.nodes.map((node) =>
      node.id === 'chat'
        ? {
            ...node,
            properties: {
              ...node.properties,
              connection: 'gone',
              systemPrompt: { $text: ['Be ', { $ref: 'tones' }] },
            },
          }
        : node,
    ),
    { id: 'late', type: 'flow.return', properties: { value: { $ref: 'tones' } } },
  ],
  edges: [...letters.edges, { from: ['chat', 'continue'], to: 'late' }],
  layout: { ...letters.layout, nodes: { ...letters.layout?.nodes, late: [704, 240] } },
}

const server = () => ({ flows: [letters], events: sampleRun('completed') })
const at = '/flows/letters'

async function selectChat(page: Page): Promise<void> {
  await page.locator('.react-flow__node[data-id="chat"]').click({ position: { x: 100, y: 20 } })
}

/** The states of the properties panel beyond those of single controls. */
export const panelScenes: readonly Scene[] = [
  { name: 'panel-formats', path: at, server: server(), act: selectChat },
  {
    name: 'panel-format-picker',
    path: at,
    server: server(),
    async act(page) {
      await selectChat(page)
      const field = page.locator('[data-property="temperature"]')
      await field.getByRole('button', { name: 'Format value' }).click()
      await page.getByRole('button', { name: 'Remove Round' }).waitFor()
    },
  },
  {
    name: 'panel-format-list',
    path: at,
    server: server(),
    async act(page) {
      await selectChat(page)
      const editor = page.locator('[data-property="systemPrompt"] [contenteditable]')
      await editor.getByText('recipients').click()
      await page.getByRole('textbox', { name: 'Between the items' }).fill(' & ')
    },
  },
  { name: 'panel-flow', path: at, server: server() },
  {
    name: 'panel-flow-variables',
    path: at,
    server: server(),
    async act(page) {
      await page.getByRole('tab', { name: /^Variables/ }).click()
      await page.getByRole('button', { name: 'Used in 1 place' }).first().click()
    },
  },
  {
    name: 'panel-variable-remove',
    path: at,
    server: server(),
    async act(page) {
      await page.getByRole('tab', { name: /^Variables/ }).click()
      await page.getByRole('button', { name: 'Remove tone' }).click()
    },
  },
  {
    name: 'panel-about',
    path: at,
    server: server(),
    async act(page) {
      await selectChat(page)
      await page.getByRole('button', { name: 'Help', exact: true }).click()
    },
  },
  {
    name: 'panel-several',
    path: at,
    server: server(),
    async act(page) {
      await page.locator('.react-flow__pane').click({ position: { x: 30, y: 300 } })
      await page.keyboard.press('Control+a')
    },
  },
  {
    name: 'panel-edge',
    path: at,
    server: server(),
    async act(page) {
      await page.locator('.react-flow__edge').first().click({ force: true })
    },
  },
  {
    name: 'panel-problems',
    path: at,
    server: { ...server(), flows: [broken] },
    async act(page) {
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('button', { name: 'Use “tone” everywhere' }).waitFor()
    },
  },
  {
    name: 'panel-keep',
    path: at,
    server: { ...server(), flows: [broken] },
    async act(page) {
      await page.locator('.react-flow__node[data-id="late"]').click({ position: { x: 100, y: 20 } })
      const field = page.locator('[data-property="value"]')
      await field.getByRole('button', { name: 'Insert value' }).click()
      await page.getByRole('combobox', { name: 'Search variables' }).fill('message')
    },
  },
]
