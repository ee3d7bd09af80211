import type { Page } from '@playwright/test'
import { largeFlow } from '../large-flow.ts'
import type { Scene } from './scenes.ts'

const large = largeFlow({ id: 'large', size: 500, connection: 'openai' })
const server = { flows: [large] }
const path = '/flows/large'

function select(page: Page, nodeId: string): Promise<void> {
  return page
    .locator(`.react-flow__node[data-id="${nodeId}"]`)
    .click({ position: { x: 60, y: 20 } })
}

/** A flow of many nodes: its map, and the lines of a variable that half of them read. */
export const largeScenes: readonly Scene[] = [
  { name: 'large-read-by-many', path, server, act: (page) => select(page, 'trigger') },
  {
    name: 'large-from-afar',
    path,
    server,
    async act(page) {
      await select(page, 'chat1')
      await page.keyboard.press('Shift+Digit1')
    },
  },
]
