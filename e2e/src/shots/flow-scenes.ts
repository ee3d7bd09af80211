import type { Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import {
  knowledgeBaseExample,
  orderIntakeExample,
  pollUntilDoneExample,
  ragChatExample,
  streamingChatExample,
  streamRowsExample,
  trimmedChatExample,
} from '@millrace/nodes'
import type { Scene } from './scenes.ts'

const makers = [
  ragChatExample,
  orderIntakeExample,
  trimmedChatExample,
  streamingChatExample,
  knowledgeBaseExample,
  streamRowsExample,
  (id: string, name: string) => pollUntilDoneExample(id, name, 'http://localhost'),
] as const

const names = [
  'Support assistant',
  'Order intake',
  'Minutes of meetings',
  'Letters to customers',
  'Handbook for the search',
  'Invoices of the month, checked against what the bank says it has received',
  'Poll the parcel service',
] as const

const tags = [
  ['live', 'support'],
  ['live', 'orders', 'customers of the north'],
  [],
  ['draft'],
  ['knowledge', 'live', 'nightly', 'support', 'orders'],
  ['orders', 'finance'],
  [],
] as const

/** As many flows as a team has after a while. */
function flowsOfTeam(count: number): readonly Flow[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % makers.length
    const number = Math.floor(index / makers.length)
    const name = `${names[kind] ?? ''}${number === 0 ? '' : ` ${number + 1}`}`
    return { ...(makers[kind] ?? emptyFlow)(`flow-${index}`, name), tags: tags[kind] ?? [] }
  })
}

const team = { flows: flowsOfTeam(30) }
const asRows = { 'millrace.flows-page': JSON.stringify({ sort: 'changed', layout: 'list' }) }

async function paste(page: Page, documents: unknown): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('textbox', { name: 'Or paste its text' }).fill(JSON.stringify(documents))
}

const elsewhere = streamingChatExample('elsewhere', 'Answers from head office')
const onTheirKey: Flow = {
  ...elsewhere,
  nodes: [
    ...elsewhere.nodes.map((node) =>
      node.properties?.['connection'] === undefined
        ? node
        : { ...node, properties: { ...node.properties, connection: 'head-office-openai' } },
    ),
    { id: 'dice', type: 'dice.roll' },
    { id: 'call', type: 'flow.runFlow', properties: { flow: 'flow-1' } },
    { id: 'lost', type: 'flow.runFlow', properties: { flow: 'lost-and-found' } },
  ],
}

/** The Flows page, and what opens over it. */
export const flowScenes: readonly Scene[] = [
  { name: 'flows-thirty', path: '/', server: team },
  { name: 'flows-rows', path: '/', server: team, storage: asRows },
  {
    name: 'flows-selected',
    path: '/',
    server: team,
    async act(page) {
      await page.getByRole('checkbox', { name: 'Select Order intake', exact: true }).check()
      await page.getByRole('checkbox', { name: 'Select Support assistant', exact: true }).check()
    },
  },
  {
    name: 'flows-filtered',
    path: '/',
    server: team,
    async act(page) {
      await page.getByRole('button', { name: 'orders 13' }).click()
      await page.getByRole('searchbox').fill('intak')
    },
  },
  {
    name: 'flows-rename',
    path: '/',
    server: team,
    async act(page) {
      await page.getByRole('link', { name: 'Order intake', exact: true }).focus()
      await page.keyboard.press('F2')
    },
  },
  {
    name: 'flows-tags',
    path: '/',
    server: team,
    async act(page) {
      await page.getByRole('button', { name: 'More for Order intake', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Tags…' }).click()
      await page.getByRole('combobox', { name: 'Tags' }).fill('kn')
    },
  },
  {
    name: 'flows-all-tags',
    path: '/',
    server: team,
    act: (page) => page.getByRole('button', { name: 'All tags…' }).click(),
  },
  {
    name: 'flows-recently-deleted',
    path: '/',
    server: team,
    async act(page) {
      await page.getByRole('button', { name: 'More for Order intake', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await page.getByRole('button', { name: 'Recently deleted' }).click()
    },
  },
  { name: 'flows-first', path: '/', server: { flows: team.flows.slice(0, 1) } },
  {
    name: 'flows-new-search',
    path: '/',
    async act(page) {
      await page.getByRole('button', { name: 'New flow' }).click()
      await page.getByRole('searchbox', { name: 'Search templates' }).fill('server')
      await page.getByRole('radio', { name: /^RAG chat on your servers/ }).check({ force: true })
    },
  },
  {
    name: 'import-several',
    path: '/',
    server: team,
    act: (page) =>
      paste(page, [onTheirKey, orderIntakeExample('flow-1', 'Order intake'), { nodes: [] }]),
  },
  {
    name: 'import-foreign',
    path: '/',
    act: (page) => paste(page, { nodes: [{ typeVersion: 1 }], connections: {} }),
  },
]
