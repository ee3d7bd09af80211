import type { Page } from '@playwright/test'
import type { FakeAnswer, FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const flowId = 'example-rag-chat'
const limits = { perMinute: 10, perSession: 100, perDay: 1000 }
const closed = { mode: 'off', origins: [], limits, hasSecret: false }
const open = {
  ...closed,
  mode: 'anonymous',
  origins: ['https://www.example.com', 'https://a-shop-with-a-rather-long-name.example.org:8443'],
}

function server(get: FakeAnswer | 'never'): Partial<FakeServer> {
  return {
    answer(method, path) {
      if (path.endsWith('/public-access/secret')) {
        return { status: 201, body: { secret: 'Zk3vYt0dQ1mB7sXr9uWc2LhPa5nEoGi8JfKqTyVbNxM' } }
      }
      return path.endsWith('/public-access') && method === 'GET' ? get : undefined
    },
  }
}

const ready = (body: object): FakeAnswer => ({ status: 200, body, revision: '1' })

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Share…' }).click()
  await page.getByRole('dialog').waitFor()
}

const at = `/flows/${flowId}`

/** Sharing the chat of a flow. */
export const shareScenes: readonly Scene[] = [
  { name: 'share-closed', path: at, server: server(ready(closed)), act: openDialog },
  { name: 'share-open', path: at, server: server(ready(open)), act: openDialog },
  {
    name: 'share-wrong',
    path: at,
    server: server(ready(open)),
    async act(page) {
      await openDialog(page)
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Pages that may show' }).fill('https://*.test')
      await dialog.getByRole('spinbutton', { name: 'Per day' }).fill('0')
      await dialog.getByRole('button', { name: 'Save' }).click()
    },
  },
  {
    name: 'share-signed',
    path: at,
    server: server(ready({ ...open, mode: 'signed' })),
    async act(page) {
      await openDialog(page)
      await page.getByRole('button', { name: 'Make a secret' }).click()
      await page.getByText('Copy it now').waitFor()
    },
  },
  { name: 'share-loading', path: at, server: server('never'), act: openDialog },
]
