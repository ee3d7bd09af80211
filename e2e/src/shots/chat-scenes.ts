import type { Page } from '@playwright/test'
import type { FakeAnswer, FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

const path = '/chat/mill'
const arrived: FakeAnswer = {
  status: 200,
  body: { token: 'mrv_shot', name: 'Ask the miller of the old water mill', takesFeedback: true },
}

function server(visitors: FakeAnswer | 'never' | 'gone' = arrived): Partial<FakeServer> {
  return {
    answer(method, at) {
      if (at.endsWith('/visitors')) return visitors
      // The rest of what the page asks is a run that goes on.
      return at.startsWith('/runs/') ? 'never' : undefined
    },
  }
}

function refusal(status: number, error: object): FakeAnswer {
  return { status, body: { error: { message: 'No.', requestId: 'shot', ...error } } }
}

const longText = `# Water wheels

There are **three kinds** of _wheels_, see [the guide](https://guide.test/wheels):

1. undershot, which stands in the river
2. breastshot
   - low
   - high

\`\`\`ts
export async function turn(wheel: Wheel, { speed = 12, isLoaded = false }: TurnOptions = {}): Promise<void> {
  await wheel.turn(speed)
}
\`\`\`

| Kind | Head | Efficiency | Where it is built |
|---|---:|:--:|---|
| Undershot | 0.5 m | 20 % | slow rivers |
| Overshot | 5 m | 85 % | hills with \`springs\` |

> A mill cannot grind with the water that is past.`

const sources = [
  { title: 'The miller’s handbook', url: 'https://guide.test/handbook', score: 0.91 },
  {
    title: 'wheels-of-the-upper-valley-and-how-they-were-built-between-1780-and-1874.pdf',
    snippet: 'The wheel of the upper mill was replaced by an overshot one in 1812.',
    score: 0.78,
  },
]

interface Said {
  readonly prompt?: string
  readonly text?: string
  readonly [field: string]: unknown
}

/** A turn as the browser keeps it. */
function turn({ prompt = 'Which wheels are there?', text = '', ...fields }: Said) {
  const parts = text === '' ? [] : [{ kind: 'text', text }]
  return {
    id: `turn-${prompt}`,
    prompt,
    runId: 'run-1',
    outcome: 'completed',
    answer: { parts, sources: [] },
    ...fields,
  }
}

/** What the browser keeps, the first of which is shown. */
function kept(...sessions: readonly (readonly object[])[]): Readonly<Record<string, string>> {
  const list = sessions.map((turns, index) => ({ id: `s${index}`, turns, updatedAt: 9 - index }))
  return { 'millrace.chat.mill': JSON.stringify(list) }
}

const error = (fields: object) => ({ message: 'No.', retryable: true, ...fields })
const long = turn({
  text: longText,
  rating: 'up',
  answer: { parts: [{ kind: 'text', text: longText }], sources },
})
const others = [
  [turn({ prompt: 'How do I order a millstone of granite that fits a mill from 1874?' })],
  [turn({ prompt: 'Opening hours' })],
]

/** Lets the answer that goes on come piece by piece, and never end. */
async function stream(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const values = ['There are **three kinds** of wheels:\n\n1. undershot\n', '2. breast']
    const events = values.map(
      (value, at) => `id: ${at + 2}\nevent: yield\ndata: ${JSON.stringify(value)}\n\n`,
    )
    const { fetch } = window
    window.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!url.includes('/api/runs/')) return fetch(input, init)
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(events.join(''))),
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    }
  })
  await page.reload()
}

async function openWidget(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the chat: Ask the miller' }).click()
}

/** The chat page of a flow, and the widget on a page of somebody else. */
export const chatScenes: readonly Scene[] = [
  { name: 'chat-page-empty', path, server: server() },
  { name: 'chat-page-long', path, server: server(), storage: kept([long], ...others) },
  {
    name: 'chat-page-streaming',
    path,
    server: server(),
    storage: kept([turn({ outcome: 'running' })]),
    act: stream,
  },
  {
    name: 'chat-page-waiting',
    path,
    server: server(),
    storage: kept([turn({ outcome: 'running' })]),
  },
  {
    name: 'chat-page-errors',
    path,
    server: server(),
    storage: kept([
      turn({ prompt: 'One', text: 'The wheel tur', outcome: 'cancelled' }),
      turn({ prompt: 'Two', text: 'The wheel tur', outcome: 'interrupted' }),
      turn({
        prompt: 'Three',
        outcome: 'failed',
        text: 'The wheel tur',
        error: error({ code: 'upstream_disconnected' }),
      }),
      turn({
        prompt: 'Four',
        outcome: 'failed',
        error: error({ code: 'rate_limited', details: { limit: 'session' } }),
      }),
      turn({
        prompt: 'Five',
        outcome: 'failed',
        runId: '01a21d78-dfd9-7f93-b089-bc6b31358997',
        error: error({ code: 'internal', retryable: false }),
      }),
      turn({
        prompt: 'Six',
        outcome: 'failed',
        error: error({
          code: 'flow_failed',
          message: 'The mill stands still on Sundays. Ask again tomorrow.',
          retryable: false,
        }),
      }),
    ]),
  },
  {
    name: 'chat-page-errors-full',
    path,
    server: server(),
    storage: kept([
      turn({
        prompt: 'One more',
        outcome: 'failed',
        error: error({ code: 'rate_limited', details: { limit: 'session' } }),
      }),
    ]),
  },
  {
    name: 'chat-page-list',
    path,
    server: server(),
    storage: kept([long], ...others),
    async act(page) {
      const button = page.getByRole('button', { name: 'Chats', exact: true })
      if (await button.isVisible()) await button.click()
      await page.getByRole('button', { name: 'Delete “Opening hours”' }).click()
    },
  },
  {
    name: 'chat-page-edit',
    path,
    server: server(),
    storage: kept([turn({ text: 'Three kinds.' })]),
    act: (page) => page.getByRole('button', { name: 'Edit and resend' }).click(),
  },
  { name: 'chat-page-arriving', path, server: server('never') },
  { name: 'chat-page-gone', path, server: server('gone'), isNoisy: true },
  {
    name: 'chat-page-none',
    path,
    server: server(refusal(404, { code: 'not_found' })),
    isNoisy: true,
  },
  {
    name: 'chat-page-unsigned',
    path,
    server: server(refusal(401, { code: 'unauthorized', details: { reason: 'signature' } })),
    isNoisy: true,
  },
  { name: 'widget-closed', path: '/shop', server: server() },
  { name: 'widget-empty', path: '/shop', server: server(), act: openWidget },
  {
    name: 'widget-long',
    path: '/shop',
    server: server(),
    storage: kept([long], ...others),
    act: openWidget,
  },
  {
    name: 'widget-failed',
    path: '/shop',
    server: server(),
    storage: kept([
      turn({
        prompt: 'How fast does it turn?',
        text: 'The wheel tur',
        outcome: 'failed',
        error: error({ code: 'upstream_disconnected' }),
      }),
      turn({
        prompt: 'And now?',
        outcome: 'failed',
        runId: undefined,
        error: error({
          code: 'internal',
          retryable: false,
          details: { requestId: '9e07c3d1-4k' },
        }),
      }),
    ]),
    act: openWidget,
  },
  {
    name: 'widget-refused',
    path: '/shop',
    server: server(refusal(403, { code: 'forbidden', details: { reason: 'origin' } })),
    act: openWidget,
    isNoisy: true,
  },
]
