import type { Page } from '@playwright/test'
import { ragChatExample } from '@millrace/nodes'
import type { Scene } from './scenes.ts'
import { dice, rollDice } from './third-party-node.ts'

const flow = ragChatExample('rag', 'Answers from the documents')
const at = '/flows/rag'
const server = { flows: [flow, dice], nodes: [rollDice] }
const open = (leftPanel: string) => ({ 'millrace.panels': JSON.stringify({ leftPanel }) })

/** Keys count once the designer stands. */
async function press(page: Page, keys: string): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor()
  await page.keyboard.press(keys)
}

function search(text: string): (page: Page) => Promise<void> {
  return async (page) => {
    await press(page, 'Control+f')
    await page.getByRole('searchbox', { name: 'Search in this flow' }).fill(text)
  }
}

function palette(text: string): (page: Page) => Promise<void> {
  return async (page) => {
    await press(page, 'Control+k')
    await page.getByRole('combobox', { name: 'Search commands' }).fill(text)
  }
}

function menuOn(selector: string): (page: Page) => Promise<void> {
  return (page) => page.locator(selector).first().click({ button: 'right', force: true })
}

/** An edge is a curve: its middle is not that of the box around it. */
async function menuOnEdge(page: Page): Promise<void> {
  const box = await page.locator('[data-port="exec:next"]').first().boundingBox()
  if (box === null) throw new Error('No exit is in view.')
  await page.mouse.click(box.x + box.width + 12, box.y + box.height / 2, { button: 'right' })
}

/** The palette of commands, the search, the palette of nodes, menus and the help sheet. */
export const commandScenes: readonly Scene[] = [
  { name: 'commands', path: at, server, act: palette('') },
  { name: 'commands-found', path: at, server, act: palette('search') },
  { name: 'commands-impossible', path: at, server, act: palette('dis') },
  { name: 'commands-no-hits', path: at, server, act: palette('rocket') },
  { name: 'search', path: at, server, act: search('') },
  {
    name: 'search-hits',
    path: at,
    server,
    act: async (page) => {
      await search('question')(page)
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
    },
  },
  { name: 'search-variable', path: at, server, act: search('searchResult') },
  { name: 'search-no-hits', path: at, server, act: search('rocket') },
  { name: 'drawer', path: at, server, storage: open('nodes') },
  {
    name: 'drawer-search',
    path: at,
    server,
    storage: {
      'millrace.panels': JSON.stringify({ leftPanel: 'nodes', foldedSystems: ['Flow'] }),
      'millrace.recent.nodes': JSON.stringify(['flow.if', 'postgres.searchVectors']),
    },
    act: (page) => page.getByRole('searchbox', { name: 'Search nodes' }).fill('ro'),
  },
  {
    name: 'drawer-recent',
    path: at,
    server,
    storage: {
      'millrace.panels': JSON.stringify({ leftPanel: 'nodes', foldedSystems: ['Flow'] }),
      'millrace.recent.nodes': JSON.stringify(['flow.if', 'postgres.searchVectors']),
    },
  },
  {
    name: 'drawer-no-hits',
    path: at,
    server,
    storage: open('nodes'),
    act: (page) => page.getByRole('searchbox', { name: 'Search nodes' }).fill('rocket'),
  },
  { name: 'menu-node', path: at, server, act: menuOn('.react-flow__node') },
  { name: 'menu-port', path: at, server, act: menuOn('[data-port^="exec:"]') },
  { name: 'menu-edge', path: at, server, act: menuOnEdge },
  {
    name: 'menu-canvas',
    path: at,
    server,
    act: (page) =>
      page.locator('.react-flow__pane').click({ button: 'right', position: { x: 60, y: 500 } }),
  },
  {
    name: 'menu-nodes',
    path: at,
    server,
    act: async (page) => {
      await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
      await page.keyboard.press('Control+a')
      await menuOn('.react-flow__node')(page)
    },
  },
  {
    name: 'menu-flow',
    path: at,
    server,
    act: (page) => page.getByRole('button', { name: 'More', exact: true }).click(),
  },
  { name: 'help-sheet', path: at, server, act: (page) => press(page, '?') },
]
