import type { Page } from '@playwright/test'
import { setProperty, type Flow, type RunEvent } from '@millrace/flow'
import { registry, streamingChatExample } from '@millrace/nodes'
import type { FakeServer } from './fake-api.ts'
import { sampleRun } from './sample-run.ts'
import type { Scene } from './scenes.ts'

const flowId = 'example-chat'
const at = `/flows/${flowId}/runs/run-1`
const now = streamingChatExample(flowId, 'Streaming chat')
const chatId = now.nodes.find(({ type }) => type === 'openai.streamingChatCompletion')?.id ?? ''
const earlier = setProperty(now, registry, {
  nodeId: chatId,
  key: 'systemPrompt',
  value: 'Answer in one sentence.',
})

const completed = sampleRun('completed')

/** The same run some minutes earlier, with other words and a wait in the middle. */
const other = completed.map((event, index): RunEvent => {
  const moved = { ...event, at: event.at - 600_000 + (index > 40 ? 9_000 : 0) }
  if (moved.type === 'run-start') return { ...moved, document: 'other' }
  if (moved.type === 'node-end' && moved.outputs !== undefined) {
    return {
      ...moved,
      outputs: JSON.parse(JSON.stringify(moved.outputs).replace('visual', 'textual')),
    }
  }
  return moved.type === 'run-yield'
    ? { ...moved, value: JSON.parse(JSON.stringify(moved.value).replace('visual', 'textual')) }
    : moved
})

interface RunScene extends Partial<Scene> {
  readonly events?: readonly RunEvent[]
  /** What the run ran; `undefined` for the flow as it is. */
  readonly ran?: Flow
  readonly answer?: FakeServer['answer']
}

function runScene(
  name: string,
  { events = completed, ran = now, answer, ...rest }: RunScene,
): Scene {
  return {
    path: at,
    ...rest,
    name,
    server: {
      events,
      otherEvents: other,
      answer: (method, path) =>
        answer?.(method, path) ??
        (path.endsWith('/document') ? { status: 200, body: ran } : undefined),
    },
  }
}

/** Goes back from the end to somewhere in the middle. */
async function stepBack(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Moment of the run' })
  await slider.focus()
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowLeft')
}

function notFound() {
  return {
    status: 404,
    body: { error: { code: 'not_found', message: 'There is no run "run-1".', requestId: 'shot' } },
  }
}

/** Runs that were opened by their address, and replayed. */
export const runScenes: readonly Scene[] = [
  runScene('run-watched', {
    events: sampleRun('streaming'),
    act: (page) => page.getByRole('region', { name: 'Shown run' }).getByText('Running').waitFor(),
  }),
  runScene('run-replayed', {
    events: other,
    async act(page) {
      await page.getByRole('button', { name: 'Chat preview' }).first().click()
      await stepBack(page)
    },
  }),
  runScene('run-replayed-failed', {
    events: sampleRun('failed'),
    act: (page) => page.getByRole('button', { name: 'Step back' }).click(),
  }),
  runScene('run-ran-another-version', {
    ran: earlier,
    async act(page) {
      await page.getByRole('application', { name: 'What ran' }).waitFor()
      await page
        .locator(`[data-node-id="${chatId}"]`)
        .first()
        .click({ position: { x: 90, y: 20 } })
    },
  }),
  runScene('run-reading', {
    answer: (_, path) => (path === '/runs/run-1' ? 'never' : undefined),
    act: (page) => page.getByText('Reading the run').waitFor(),
  }),
  runScene('run-unknown', {
    isNoisy: true,
    answer: (_, path) => (path === '/runs/run-1' ? notFound() : undefined),
    act: (page) => page.getByText('There is no such run').waitFor(),
  }),
  runScene('run-document-lost', {
    isNoisy: true,
    events: completed.map((event) =>
      event.type === 'run-start' ? { ...event, trace: 'summary' } : event,
    ),
    answer: (_, path) => (path.endsWith('/document') ? notFound() : undefined),
    act: (page) => page.getByText('What it ran is no longer kept').waitFor(),
  }),
  {
    ...runScene('runs-compared', {
      ran: earlier,
      async act(page) {
        await page.getByRole('region', { name: 'What the client got' }).waitFor()
        await page.locator('summary', { hasText: 'other outputs' }).click()
      },
    }),
    path: `${at}?with=run-2`,
  },
]
