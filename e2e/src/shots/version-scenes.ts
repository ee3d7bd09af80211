import type { Page } from '@playwright/test'
import {
  addNode,
  moveNodes,
  removeNodes,
  setNodeFields,
  setProperty,
  type Flow,
} from '@millrace/flow'
import { ragChatExample, registry } from '@millrace/nodes'
import type { FakeAnswer, FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const flowId = 'example-rag-chat'
const at = `/flows/${flowId}/versions`
const now = ragChatExample(flowId, 'Example: RAG chat')

/** An earlier version, from which the one of now differs in every way. */
const earlier: Flow = before(now)

function before(flow: Flow): Flow {
  const idOf = (type: string) => flow.nodes.find((node) => node.type === type)?.id ?? ''
  const [chat, embedder, saving] = [
    idOf('openai.streamingChatCompletion'),
    idOf('openai.textEmbedder'),
    idOf('postgres.upsertRow'),
  ]
  const [x, y] = flow.layout?.nodes?.[saving] ?? [0, 0]
  const [left, top] = flow.layout?.nodes?.[embedder] ?? [0, 0]
  const without = removeNodes(flow, registry, [saving])
  const added = addNode(without, registry, { type: 'flow.log', position: [x, y + 40] }).flow
  const moved = moveNodes(added, new Map([[embedder, [left - 120, top + 120]]]))
  const prompt = { nodeId: chat, key: 'systemPrompt', value: 'Answer in one sentence.' }
  const prompted = setProperty(moved, registry, prompt)
  return {
    ...setNodeFields(prompted, chat, { title: 'Answer from the documents that were found' }),
    layout: {
      ...prompted.layout,
      notes: [{ id: 'todo', text: 'Ask the team for **documents**.', position: [0, -200] }],
    },
  }
}

const hour = 3_600_000
const savedAt = (hoursAgo: number) => new Date(Date.now() - hoursAgo * hour).toISOString()

const revisions = [
  { revision: 31, savedAt: savedAt(0.02), name: null, changes: 9 },
  { revision: 30, savedAt: savedAt(0.4), name: null, changes: 1 },
  { revision: 24, savedAt: savedAt(1.2), name: 'Before the demo', changes: 14 },
  { revision: 18, savedAt: savedAt(26), name: null, changes: 2 },
  {
    revision: 17,
    savedAt: savedAt(27),
    name: 'What we showed to the team in Rotterdam',
    changes: 5,
  },
  { revision: 9, savedAt: savedAt(80), name: null, changes: 0 },
  { revision: 1, savedAt: savedAt(90), name: null, changes: null },
]

const published = [
  { environment: 'production', revision: 24, publishedAt: savedAt(1), changes: 14 },
  { environment: 'test', revision: 31, publishedAt: savedAt(0.01), changes: 0 },
]

function answer(path: string, list: unknown): FakeAnswer | undefined {
  const [, , , what, revision] = path.split('/')
  if (what === 'publications') return { status: 200, body: { published, history: [] } }
  if (what !== 'revisions') return undefined
  if (revision === undefined) return { status: 200, body: list }
  return { status: 200, body: Number(revision) > 30 ? now : earlier }
}

function versionScene(
  name: string,
  scene: Partial<Scene> & { readonly list?: unknown } = {},
): Scene {
  const { list = { revisions, next: 1 }, ...rest } = scene
  const server: Partial<FakeServer> = {
    answer: (_, path) => answer(path, list),
    ...scene.server,
  }
  return { path: at, ...rest, name, server }
}

async function nextChange(page: Page, times: number): Promise<void> {
  await page.getByRole('heading', { name: /changes$/ }).waitFor()
  for (let count = 0; count < times; count += 1) await page.keyboard.press('F7')
}

/** Somebody else saved the flow while it was open here, and changed the same things among others. */
function changedElsewhere(): Partial<FakeServer> {
  let isStale = false
  const conflict = {
    code: 'conflict',
    message: 'The flow was changed elsewhere.',
    details: { currentRevision: 31 },
  }
  return {
    answer(method, path) {
      // Each picture starts anew.
      if (path === '/nodes') isStale = false
      if (path !== `/flows/${flowId}`) return undefined
      if (method === 'PUT') isStale = true
      if (method === 'PUT') return { status: 409, body: { error: conflict } }
      return isStale
        ? { status: 200, body: { ...earlier, name: 'Answers from our documents' }, revision: '31' }
        : undefined
    },
  }
}

const deleted = {
  id: 'gone',
  name: 'Letters to customers',
  revision: 4,
  updatedAt: savedAt(2),
  deletedAt: savedAt(1),
  status: 'flow',
  nodeCount: 3,
}

/** What a flow was. */
export const versionScenes: readonly Scene[] = [
  versionScene('versions'),
  versionScene('versions-step', { act: (page) => nextChange(page, 4) }),
  versionScene('versions-since', {
    async act(page) {
      await page.getByRole('button', { name: /Before the demo/ }).click()
      await page.getByRole('radio', { name: 'What changed since' }).click()
      await page.getByRole('heading', { name: /changes$/ }).waitFor()
    },
  }),
  versionScene('versions-name', {
    async act(page) {
      await page.getByRole('button', { name: /Before the demo/ }).click()
      await page.getByRole('button', { name: 'Rename' }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  {
    name: 'versions-conflict',
    path: `/flows/${flowId}`,
    isNoisy: true,
    server: changedElsewhere(),
    async act(page) {
      const name = page.getByRole('heading', { level: 1 }).getByRole('button')
      await name.click()
      await page.getByRole('textbox', { name: 'Name of the flow' }).fill('My documents')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+s')
      await page.getByText('compared with theirs').waitFor()
    },
  },
  {
    name: 'versions-deleted',
    path: '/flows/gone',
    isNoisy: true,
    server: {
      answer: (method, path) =>
        method === 'GET' && path === '/flows'
          ? { status: 200, body: { flows: [deleted] } }
          : undefined,
    },
  },
  versionScene('versions-first', { list: { revisions: revisions.slice(-1), next: null } }),
  versionScene('versions-loading', {
    server: { answer: (_, path) => (path.endsWith('/revisions') ? 'never' : undefined) },
  }),
  versionScene('versions-failed', {
    isNoisy: true,
    server: { answer: (_, path) => (path.endsWith('/revisions') ? 'gone' : undefined) },
  }),
  versionScene('versions-gone', {
    isNoisy: true,
    server: {
      answer: (_, path) =>
        path.endsWith('/revisions/30')
          ? {
              status: 404,
              body: {
                error: {
                  code: 'not_found',
                  message:
                    'The flow "example-rag-chat" has no revision 30, or no more: of old revisions that follow each other closely, only the last is kept.',
                },
              },
            }
          : answer(path, { revisions, next: null }),
    },
  }),
]
