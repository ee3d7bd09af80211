import type { Page } from '@playwright/test'
import { streamingChatExample } from '@millrace/nodes'
import type { FakeAnswer, FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const noLimits = { requestsPerMinute: null, concurrentRuns: null }
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

const shop = {
  id: '5f1c09ab23de',
  name: 'Web shop',
  start: 'mr_5f1c09ab23de',
  policies: ['execute'],
  flows: ['example-rag-chat', 'docs-helper'],
  environment: 'production',
  limits: { requestsPerMinute: 600, concurrentRuns: 20 },
  createdAt: ago(300),
  lastUsedAt: ago(0.1),
  revokedAt: null,
}
const keys = [
  shop,
  {
    ...shop,
    id: 'a4470e1192bb',
    name: 'Continuous integration of the flows that the support team keeps in its own repository',
    start: 'mr_a4470e1192bb',
    policies: ['execute', 'mcp', 'configure'],
    flows: null,
    environment: null,
    limits: noLimits,
    lastUsedAt: null,
  },
  { ...shop, id: '77', name: 'Old shop', start: 'mr_77bd11029c3a', revokedAt: ago(30) },
]

const answering =
  (list: FakeAnswer | 'never') =>
  (method: string, path: string): FakeAnswer | 'never' | undefined => {
    if (path === '/session') {
      return { status: 200, body: { isSignedIn: true, hasPassword: true } }
    }
    if (path !== '/keys') return undefined
    return method === 'GET'
      ? list
      : { status: 201, body: { ...shop, key: `${shop.start}_Zk3vX0aQm9LrT2uWy7BdHc5NfJpSgE8i` } }
  }
const of = (list: readonly unknown[]) => ({
  answer: answering({ status: 200, body: { keys: list } }),
})

const openForm = (page: Page) => page.getByRole('button', { name: 'New API key' }).click()

const refused: FakeAnswer = {
  status: 401,
  body: { error: { code: 'unauthorized', message: 'This needs the operator. Sign in.' } },
}
const wrong: FakeAnswer = {
  status: 401,
  body: {
    error: {
      code: 'unauthorized',
      message:
        'This is not the operator’s password. It is what MILLRACE_OPERATOR_PASSWORD was when the server started.',
    },
  },
}
const signedOut: Partial<FakeServer> = {
  answer: (_method, path) => (path === '/session' ? wrong : refused),
}

async function trySignIn(page: Page): Promise<void> {
  await page.getByLabel('Operator’s password').fill('not it')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('This is not').waitFor()
}

export const keyScenes: readonly Scene[] = [
  { name: 'keys', path: '/keys', server: of(keys) },
  {
    name: 'keys-revoked',
    path: '/keys',
    server: of(keys),
    act: (page) => page.getByText('1 revoked key').click(),
  },
  { name: 'keys-empty', path: '/keys', server: of([]) },
  { name: 'keys-loading', path: '/keys', server: { answer: answering('never') } },
  {
    name: 'keys-failed',
    path: '/keys',
    isNoisy: true,
    server: {
      answer: answering({
        status: 500,
        body: { error: { code: 'internal', message: 'Something went wrong inside Millrace.' } },
      }),
    },
  },
  { name: 'keys-new', path: '/keys', server: of(keys), act: openForm },
  {
    name: 'keys-new-some-flows',
    path: '/keys',
    server: of(keys),
    async act(page) {
      await openForm(page)
      await page.getByRole('radio', { name: 'Some flows' }).click()
      await page.getByRole('button', { name: 'Create' }).click()
    },
  },
  {
    name: 'keys-shown',
    path: '/keys',
    server: of([]),
    async act(page) {
      await openForm(page)
      await page.getByRole('textbox', { name: 'Name' }).fill('Web shop')
      await page.getByRole('button', { name: 'Create' }).click()
    },
  },
  {
    name: 'keys-revoke',
    path: '/keys',
    server: of(keys),
    act: (page) => page.getByRole('button', { name: 'Revoke Web shop' }).click(),
  },
  { name: 'sign-in', path: '/', isNoisy: true, server: signedOut },
  { name: 'sign-in-wrong', path: '/', isNoisy: true, server: signedOut, act: trySignIn },
  {
    name: 'sign-in-again',
    path: '/flows/docs-helper',
    isNoisy: true,
    server: {
      flows: [streamingChatExample('docs-helper', 'Docs helper')],
      answer: (method) => (method === 'PUT' ? refused : undefined),
    },
    async act(page) {
      await page.getByRole('button', { name: 'Docs helper' }).click()
      await page.getByRole('textbox', { name: 'Name of the flow' }).fill('Docs')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'You are signed out' }).waitFor()
    },
  },
]
