// The chat preview as a designer debugs with it: what a value looks like, where the time went, what the
// model got, and how a conversation is changed.

import type { Flow, JsonValue } from '@millrace/flow'
import { expect, type Locator, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import type { Designer } from '../src/designer.ts'
import type { Answer } from '../src/fake-answer.ts'
import { startFakeModelServer, textAnswer, type FakeModelServer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

test('a turn opens to where its time went, what the model got, and its events', async ({
  page,
  millrace,
  designer,
}) => {
  await using _ = await startModel(millrace, 'figures', textAnswer('Hello you there'))
  await designer.open(await storeFlow(millrace, flowOn('figures')))
  await designer.ask('First question')
  await expect(designer.conversation).toContainText('Hello you there')

  await page.getByRole('button', { name: /^Timing and usage: First .* tokens$/ }).click()
  const figures = page.getByTestId('figures')
  const timeOf = (part: string) =>
    figures.getByRole('row', { name: new RegExp(`^${part} (?:<?\\d+ ms|[\\d.]+ s) `) })
  for (const part of ['Model', 'Engine', 'Total']) await expect(timeOf(part)).toBeVisible()
  await expect(figures).toContainText('9 in · 3 out · 12 total')
  await expect(figures).toContainText('Model')

  await figures.getByRole('button', { name: 'What the model got' }).click()
  const dialog = page.getByRole('dialog', { name: 'What the model got' })
  await expect(dialog.getByRole('listitem')).toHaveText(/userFirst question/)
  await expect(dialog).toContainText(/model\s*m/)
  await page.keyboard.press('Escape')

  await designer.message.fill('Second question')
  await designer.message.press('Enter')
  await expect(page.getByRole('button', { name: 'Events of this run' })).toHaveCount(2)
  await page.getByRole('button', { name: 'Events of this run' }).first().click()
  const shownRun = page.getByRole('region', { name: 'Shown run' })
  await expect(shownRun).toContainText('Completed')
  const shownTurn = page.getByRole('region', { name: 'Question and answer' })
  await expect(shownTurn).toContainText('First question')
  await expect(shownTurn).not.toContainText('Second question')
  const events = page.getByRole('listbox', { name: 'Events of the run' })
  await page.getByRole('searchbox', { name: 'Filter events' }).fill('node-input First')
  await expect(events.getByRole('option')).not.toHaveCount(0)
  expect(await findViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'Back to the flow' }).click()
  await expect(shownRun).toBeHidden()
  await expect(designer.conversation).toContainText('Second question')
  await page.getByRole('searchbox', { name: 'Filter events' }).fill('node-input Second')
  await expect(events.getByRole('option')).not.toHaveCount(0)
})

test('each kind of value looks like what it is, and a status stands while the run goes on', async ({
  page,
  millrace,
  designer,
}) => {
  const rest = Promise.withResolvers<void>()
  const answer = textAnswer('The answer.', { pause: { afterTokens: 1, until: rest.promise } })
  await using _ = await startModel(millrace, 'values', answer)
  const yields = [
    { type: 'sources', items: [{ title: 'Guide', url: 'https://a.test/guide', score: 0.874 }] },
    { orders: 3 },
    { type: 'status', text: 'Thinking about it' },
  ]
  await designer.open(await storeFlow(millrace, withYields(flowOn('values'), yields)))
  await designer.ask('Anything')

  const { conversation } = designer
  await expect(conversation).toContainText('Thinking about it')
  await expect(conversation).toContainText('The')
  rest.resolve()
  await expect(conversation).toContainText('The answer.')
  await expect(conversation).not.toContainText('Thinking about it')
  await expect(conversation.locator('pre')).toHaveText(/"orders": 3/)
  const sources = conversation.getByRole('region', { name: 'Sources' })
  await expect(sources.getByRole('link', { name: 'Guide' })).toHaveAttribute(
    'href',
    'https://a.test/guide',
  )
  await expect(sources).toContainText('0.87')
  // They stand under the answer, though they came before it.
  const isUnder = await conversation.evaluate((box) => {
    const text = [...box.querySelectorAll('p')].find((p) => p.textContent === 'The answer.')
    const list = box.querySelector('[aria-label="Sources"]')
    return text !== undefined && list !== null
      ? (text.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
      : false
  })
  expect(isUnder).toBe(true)
  await expect(page.getByRole('button', { name: 'Copy answer' })).toBeVisible()
})

test('a question is edited and asked again in a session of its own, and an old session gone on with', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startModel(millrace, 'sessions', textAnswer('Sure.'))
  await designer.open(await storeFlow(millrace, flowOn('sessions')))
  await designer.ask('One')
  await expect(designer.conversation).toContainText('Sure.')
  await designer.message.fill('Two')
  await designer.message.press('Enter')
  await expect(page.getByRole('button', { name: 'Copy answer' })).toHaveCount(2)

  const session = page.getByRole('textbox', { name: 'Session' })
  const first = await session.inputValue()
  expect(first).toMatch(/^[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: 'Edit and resend' }).first().click()
  await page.getByRole('textbox', { name: 'Edited message' }).fill('Three')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Copy answer' })).toHaveCount(1)
  await expect(designer.conversation).toContainText('Three')
  await expect(designer.conversation).not.toContainText('Two')
  expect(await session.inputValue()).not.toBe(first)

  await session.fill(first)
  await session.press('Enter')
  await expect(designer.conversation).toContainText('Try the flow')
  await designer.message.fill('Four')
  await designer.message.press('Enter')
  await expect(designer.conversation).toContainText('Sure.')
  const sessions = await sessionsOf(millrace, 'chat-sessions')
  expect(sessions.filter((id) => id === first)).toHaveLength(3)
  expect(new Set(sessions).size).toBe(2)
  expect(provider.requests).toHaveLength(4)

  await page.getByRole('button', { name: 'New session' }).click()
  await expect(designer.conversation).toContainText('Try the flow')
  expect(await session.inputValue()).not.toBe(first)
})

test('a context that is added is written at once, and goes with the message', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startModel(millrace, 'context', textAnswer('Noted.'))
  const context = { $ref: 'chatCompletionRequest.context' }
  const chat = { connection: 'chat-context', modelId: 'm', context }
  await designer.open(await storeFlow(millrace, chatFlow('chat-context', { chat })))
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Add a context' }).click()
  await page.keyboard.type('The wheel is new')
  await expect(page.getByRole('textbox', { name: 'Request context' })).toHaveValue(
    'The wheel is new',
  )
  await designer.message.fill('How old is it?')
  await designer.message.press('Enter')
  await expect(designer.conversation).toContainText('Noted.')
  expect(JSON.stringify(provider.requests[0]?.body)).toContain('The wheel is new')
})

test('the keyboard brings the last question back, and Escape stops nothing', async ({
  page,
  millrace,
  designer,
}) => {
  const rest = Promise.withResolvers<void>()
  const answer = textAnswer('Word by word', { pause: { afterTokens: 1, until: rest.promise } })
  await using provider = await startModel(millrace, 'keys', answer)
  await designer.open(await storeFlow(millrace, flowOn('keys')))
  await designer.ask('The question')
  await expect(designer.conversation).toContainText('Word')
  await designer.message.press('Escape')
  await designer.message.press('ArrowUp')
  await expect(designer.message).toHaveValue('The question')
  await expect(designer.runButton).toContainText('Stop')
  rest.resolve()
  await expect(designer.conversation).toContainText('Word by word')
  expect((await provider.requests[0]?.ended)?.how).toBe('answered')
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled()
})

test('the conversation stays at its end, unless its reader has scrolled up', async ({
  page,
  millrace,
  designer,
}) => {
  const rest = Promise.withResolvers<void>()
  const lines = Array.from({ length: 60 }, (_, index) => `Line ${index}.\n\n`)
  const answer: Answer = {
    kind: 'text',
    tokens: [...lines, ...lines.map((line) => `More: ${line}`), 'The end.'],
    pause: { afterTokens: lines.length, until: rest.promise },
  }
  await using _ = await startModel(millrace, 'scroll', answer)
  await designer.open(await storeFlow(millrace, flowOn('scroll')))
  await designer.ask('A long one')
  await expect(answerText(designer, 'Line 59.')).toBeInViewport()

  await designer.conversation.hover()
  await page.mouse.wheel(0, -600)
  const jump = page.getByRole('button', { name: 'Jump to the latest' })
  await expect(jump).toBeVisible()
  const read = await scrollTop(page)
  rest.resolve()
  await expect(designer.conversation).toContainText('The end.')
  expect(await scrollTop(page)).toBe(read)

  await jump.click()
  await expect(answerText(designer, 'The end.')).toBeInViewport()
  await expect(jump).toBeHidden()
})

function answerText({ conversation }: Designer, text: string): Locator {
  return conversation.getByText(text, { exact: true })
}

function scrollTop(page: Page): Promise<number> {
  return page.getByRole('region', { name: 'Conversation' }).evaluate((box) => box.scrollTop)
}

function flowOn(id: string): Flow {
  return chatFlow(`chat-${id}`, { chat: { connection: `chat-${id}`, modelId: 'm' } })
}

/** The flow with nodes before its model that yield these values. */
function withYields(flow: Flow, values: readonly JsonValue[]): Flow {
  const ids = values.map((_, index) => `say${index}`)
  const chain = ['trigger', ...ids, 'chat']
  return {
    ...flow,
    nodes: [
      ...flow.nodes,
      ...values.map((value, index) => ({
        id: `say${index}`,
        type: 'flow.yieldReturn',
        properties: { value },
      })),
    ],
    edges: [
      ...flow.edges.filter(({ to }) => to !== 'chat'),
      ...chain.slice(1).map((to, index) => ({ from: [chain[index] ?? '', 'next'] as const, to })),
    ],
  }
}

/** The sessions that the runs of a flow were started in. */
async function sessionsOf({ url }: MillraceServer, flowId: string): Promise<readonly string[]> {
  const { runs } = (await (await fetch(`${url}/api/runs?flow=${flowId}`)).json()) as {
    readonly runs: readonly { readonly id: string }[]
  }
  const sessions = runs.map(async ({ id }) => {
    const log = await (await fetch(`${url}/api/runs/${id}/events`)).text()
    return /"sessionId":"([^"]*)"/.exec(log)?.[1] ?? ''
  })
  return Promise.all(sessions)
}

/** A provider with one model, and the connection to it. */
async function startModel(
  millrace: MillraceServer,
  id: string,
  answer: Answer,
): Promise<FakeModelServer> {
  const provider = await startFakeModelServer({ models: { m: answer } })
  await storeConnection(millrace, { id: `chat-${id}`, name: id, baseUrl: provider.url })
  return provider
}
