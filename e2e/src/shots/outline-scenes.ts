import { ragChatExample } from '@millrace/nodes'
import type { Page } from '@playwright/test'
import type { Scene } from './scenes.ts'

/** The example with a node that is turned off, one that stands alone, and a note. */
const drafted = {
  ...ragChatExample('drafted', 'A draft'),
  nodes: [
    ...ragChatExample('drafted', 'A draft').nodes.map((node) =>
      node.type.endsWith('getSingleValue') ? { ...node, disabled: true } : node,
    ),
    { id: 'loose', type: 'flow.if', title: 'Is the question about a mill, or about water?' },
  ],
}

const withNote = {
  ...drafted,
  layout: {
    ...drafted.layout,
    notes: [{ id: 'ask', text: 'Ask Eva which tables', position: [0, 400] as const }],
  },
}

export const outlineScenes: readonly Scene[] = [
  {
    name: 'outline',
    path: '/flows/drafted',
    server: { flows: [withNote] },
    act: openOutline,
  },
  {
    name: 'outline-menu',
    path: '/flows/drafted',
    server: { flows: [withNote] },
    async act(page) {
      await openOutline(page)
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Shift+F10')
      await page.getByRole('menuitem', { name: 'Rename' }).waitFor()
    },
  },
  {
    name: 'outline-rename',
    path: '/flows/drafted',
    server: { flows: [withNote] },
    async act(page) {
      await openOutline(page)
      await page.keyboard.press('i')
      await page.keyboard.press('F2')
    },
  },
  { name: 'outline-empty', path: '/flows/scratch', act: openOutline },
]

async function openOutline(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Outline', exact: true }).click()
  await page.getByRole('tree').or(page.getByText('Nothing to outline yet')).waitFor()
}
