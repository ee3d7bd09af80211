import type { Page } from '@playwright/test'
import { setProperty, type Flow } from '@millrace/flow'
import { ragChatExample, registry } from '@millrace/nodes'
import type { FakeAnswer, FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const flowId = 'example-rag-chat'
const now = ragChatExample(flowId, 'Example: RAG chat')
const chat = now.nodes.find(({ type }) => type === 'openai.streamingChatCompletion')?.id ?? ''
const published: Flow = setProperty(now, registry, {
  nodeId: chat,
  key: 'systemPrompt',
  value: 'Answer in one sentence.',
})

const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour).toISOString()

const publications = {
  published: [
    { environment: 'production', revision: 24, publishedAt: ago(2), changes: 3 },
    { environment: 'test', revision: 31, publishedAt: ago(0.2), changes: 0 },
  ],
  history: [
    { environment: 'test', revision: 31, publishedAt: ago(0.2) },
    { environment: 'production', revision: 24, publishedAt: ago(2) },
    { environment: 'production', revision: null, publishedAt: ago(20) },
    { environment: 'production', revision: 18, publishedAt: ago(26) },
    { environment: 'production', revision: 9, publishedAt: ago(80) },
  ],
}

const refused: FakeAnswer = {
  status: 422,
  body: {
    error: {
      code: 'flow_invalid',
      message: 'The flow cannot run.',
      requestId: 'shot',
      details: {
        problems: [
          {
            code: 'code_invalid',
            severity: 'error',
            message: '"Code" cannot be read: a bracket is missing at line 3. Close it.',
          },
        ],
      },
    },
  },
}

function server(
  given: Partial<FakeServer> & { readonly list?: unknown } = {},
): Partial<FakeServer> {
  const { list = publications, ...rest } = given
  return {
    answer(method, path) {
      if (path.endsWith('/publications')) return { status: 200, body: list }
      if (path.includes('/revisions/')) return { status: 200, body: published }
      if (method === 'POST' && path.endsWith('/publish')) return refused
      return undefined
    },
    ...rest,
  }
}

async function openDialog(page: Page): Promise<void> {
  // Keys count once the designer stands.
  await page.locator('.react-flow__node').first().waitFor()
  // In the bar there is no room for the button in a narrow window.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search commands' }).fill('Publish…')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('What changes').waitFor()
}

const variables = [
  {
    name: 'databaseHost',
    isSecret: false,
    isLocked: false,
    values: {
      development: 'localhost',
      test: 'db.test.example.com',
      production: 'a-rather-long-name-of-a-database-server.eu-west.example.com',
    },
  },
  {
    name: 'a_name_of_a_variable_that_is_nearly_as_long_as_one_can_be',
    isSecret: false,
    isLocked: false,
    values: { production: '5432' },
  },
  {
    name: 'openAiKey',
    isSecret: true,
    isLocked: true,
    values: { test: { set: true }, production: { set: true } },
  },
]

const orders = { id: 'orders', name: 'Orders', guidesSecrets: true }
const variableUses = [
  {
    name: 'databaseHost',
    connections: [orders, { id: 'docs', name: 'Documents of the archive', guidesSecrets: true }],
  },
  { name: 'openAiKey', connections: [{ id: 'openai', name: 'OpenAI', guidesSecrets: false }] },
  { name: 'databasePort', connections: [orders] },
]

function variableScene(name: string, list: unknown, scene: Partial<Scene> = {}): Scene {
  return {
    name: `variables${name}`,
    path: '/variables',
    server: {
      answer(_, path) {
        if (path === '/variables') return { status: 200, body: { variables: list } }
        if (path === '/variable-uses') return { status: 200, body: { variables: variableUses } }
        return undefined
      },
    },
    ...scene,
  }
}

const at = `/flows/${flowId}`

/** Publishing, and what is published. */
export const publishScenes: readonly Scene[] = [
  { name: 'publish-mark', path: at, server: server() },
  { name: 'publish-changes', path: at, server: server(), act: openDialog },
  {
    name: 'publish-first',
    path: at,
    server: server({ list: { published: [], history: [] } }),
    act: openDialog,
  },
  {
    name: 'publish-stopped',
    path: '/flows/support',
    server: server(),
    act: openDialog,
  },
  {
    name: 'publish-refused',
    path: at,
    server: server(),
    isNoisy: true,
    async act(page) {
      await openDialog(page)
      await page.getByRole('button', { name: 'Publish to production' }).click()
      await page.getByText('It cannot run yet').waitFor()
    },
  },
  variableScene('', variables),
  variableScene('-none', []),
  variableScene('-edit', variables, {
    async act(page) {
      await page.getByRole('button', { name: 'Edit openAiKey' }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  variableScene('-guiding', variables, {
    async act(page) {
      await page.getByRole('button', { name: 'Edit databaseHost' }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  variableScene('-delete', variables, {
    async act(page) {
      await page.getByRole('button', { name: 'Delete databaseHost' }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  variableScene('-failed', [], {
    isNoisy: true,
    server: { answer: (_, path) => (path === '/variables' ? 'gone' : undefined) },
  }),
]
