import type { Page } from '@playwright/test'
import type { RunEvent } from '@millrace/flow'
import type { FakeServer } from './fake-api.ts'
import { sampleHistory, sampleSession } from './sample-history.ts'
import { sampleRun } from './sample-run.ts'
import type { Scene } from './scenes.ts'

interface RunsScene extends Partial<Scene> {
  /** Runs as the server lists them; `never`: it does not answer. */
  readonly runs?: readonly unknown[] | 'never' | 'forbidden'
  readonly next?: string | null
}

function runsScene(
  name: string,
  { runs = sampleHistory, next = null, ...scene }: RunsScene = {},
): Scene {
  const server: Partial<FakeServer> = {
    events: sampleRun('completed'),
    ...scene.server,
    answer(method, path) {
      if (method !== 'GET' || path !== '/runs') return scene.server?.answer?.(method, path)
      if (runs === 'never') return 'never'
      if (runs === 'forbidden') return forbidden
      return { status: 200, body: { runs, next } }
    },
  }
  return { path: '/runs', ...scene, name, server }
}

const forbidden = {
  status: 403,
  body: {
    error: {
      code: 'forbidden',
      message: 'Only the operator of this server sees its runs. Sign in as the operator.',
      requestId: 'shot',
    },
  },
}

async function selectTwo(page: Page): Promise<void> {
  const select = page.getByRole('checkbox', { name: /^Select Streaming chat/ })
  await select.nth(1).check()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+ArrowDown')
}

/** The panel of the open flow. */
function panelScene(name: string, scene: RunsScene = {}): Scene {
  const { act, ...rest } = scene
  return runsScene(name, {
    path: '/flows/example-chat',
    ...rest,
    async act(page, server) {
      await page.getByRole('button', { name: 'Runs', exact: true }).click()
      await act?.(page, server)
    },
  })
}

/** What a conversation is read from. */
const asked: readonly RunEvent[] = sampleRun('completed').map((event) =>
  event.type === 'run-start' ? { ...event, input: { prompt: 'What does Millrace do?' } } : event,
)

/** The runs of all flows, and of the open one. */
export const runsScenes: readonly Scene[] = [
  runsScene('runs', { next: 'more' }),
  runsScene('runs-empty', { runs: [] }),
  runsScene('runs-no-hits', { runs: [], path: '/runs?state=failed&since=hour' }),
  runsScene('runs-loading', { runs: 'never' }),
  runsScene('runs-forbidden', { runs: 'forbidden', isNoisy: true }),
  runsScene('runs-offline', {
    isNoisy: true,
    server: { answer: (_, path) => (path === '/flows' ? 'gone' : undefined) },
  }),
  runsScene('runs-filtered', {
    path: '/runs?flow=support&state=failed&origin=client&from=2026-11-01T00:00:00Z&session=b7',
    runs: sampleHistory.slice(3, 4),
  }),
  runsScene('runs-selected', {
    async act(page) {
      await selectTwo(page)
      // Back at the top, where nothing lies half below the bar: axe would take that for small.
      await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded()
    },
  }),
  runsScene('runs-menu', {
    act: (page) => page.getByRole('button', { name: /^More for Support/ }).click(),
  }),
  runsScene('runs-session', {
    path: '/runs?session=6f0a4c5e-anna',
    runs: sampleSession,
    server: { events: asked },
  }),
  runsScene('runs-delete', {
    async act(page) {
      await selectTwo(page)
      await page.getByRole('button', { name: 'Delete…' }).click()
    },
  }),
  runsScene('runs-delete-session', {
    path: '/runs?session=6f0a4c5e-anna',
    runs: sampleSession,
    act: (page) => page.getByRole('button', { name: 'Delete all runs of the session' }).click(),
  }),
  panelScene('runs-panel', { runs: sampleHistory.filter(({ flowId }) => flowId !== 'scratch') }),
  panelScene('runs-panel-empty', { runs: [] }),
  panelScene('runs-panel-menu', {
    act: (page) =>
      page
        .getByRole('button', { name: /^More for the run/ })
        .nth(2)
        .click(),
  }),
  runsScene('runs-stored', {
    act: (page) => page.getByRole('button', { name: 'What is stored' }).click(),
  }),
]
