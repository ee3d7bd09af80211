// The chat of a published flow as people without a key meet it: on the server's own page, and as a
// widget on pages of others.

import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import {
  errorAnswers,
  startFakeModelServer,
  textAnswer,
  type FakeModelServer,
  type Script,
} from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { startShopPage } from '../src/shop-page.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

/** What a model may say to whoever embeds it without care. */
const hostile = [
  '<script>window.isHurt = true</script>',
  '<img src="https://evil.test/a.png" onerror="window.isHurt = true">',
  '![pixel](https://evil.test/pixel.png)',
  '[click](javascript:window.isHurt=true)',
  '[guide](https://guide.test/)',
].join('\n\n')

test('a visitor chats on the page of a flow that its designer shared, and comes back to an answer', async ({
  page,
  millrace,
  designer,
}) => {
  const rest = Promise.withResolvers<void>()
  const pause = { afterTokens: 1, until: rest.promise }
  await storeFlow(millrace, votesFlow)
  await send(`${millrace.url}/api/flows/votes/publish`, 'POST', { environment: 'production' })
  await using model = await startModel(
    millrace,
    'shared-chat',
    [
      { kind: 'text', tokens: ['The wheel ', 'turns.'], pause },
      textAnswer('It is a mill.'),
      textAnswer('It is a fine mill.'),
    ],
    { feedbackFlow: 'votes' },
  )
  await designer.open(`${millrace.url}/flows/shared-chat`)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Share…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Share/ })
  await dialog.getByRole('radio', { name: 'Anybody' }).click()
  await expect(dialog).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('region', { name: 'Widget' })).toContainText(
    'data-flow="shared-chat"',
  )
  const address = await dialog
    .getByRole('link', { name: /\/chat\/shared-chat/ })
    .getAttribute('href')

  await page.goto(address ?? '')
  await expect(page.getByRole('heading', { name: 'Flow shared-chat' })).toBeVisible()
  await ask(page, 'Does it turn?')
  await expect(said(page, 'The wheel')).toBeVisible()
  await page.reload()
  await expect(page.getByText('The answer goes on.')).toBeVisible()
  rest.resolve()
  await expect(said(page, 'The wheel turns.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy answer' })).toBeVisible()
  expect(model.requests).toHaveLength(1)
  await page.getByRole('button', { name: 'Good answer' }).click()
  await expect(page.getByRole('button', { name: 'Good answer', pressed: true })).toBeVisible()
  await expect.poll(() => votesOf(millrace)).toEqual(['completed'])

  await ask(page, 'What is it?')
  await expect(said(page, 'It is a mill.')).toBeVisible()
  await page.getByRole('button', { name: 'Edit and resend' }).last().click()
  await page.getByRole('textbox', { name: 'Edited message' }).fill('What is it, really?')
  await page.keyboard.press('Enter')
  await expect(said(page, 'It is a fine mill.')).toBeVisible()
  await expect(said(page, 'It is a mill.')).toBeHidden()
  expect(model.requests.at(-1)?.body).toMatchObject({
    messages: [
      { role: 'user', content: 'Does it turn?' },
      { role: 'assistant', content: 'The wheel turns.' },
      { role: 'user', content: 'What is it, really?' },
    ],
  })
  expect(await findViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'Start a new chat' }).click()
  await expect(page.getByText('Ask anything to begin.')).toBeVisible()
  await page.getByRole('navigation', { name: 'Chats' }).getByText('Does it turn?').click()
  await expect(said(page, 'It is a fine mill.')).toBeVisible()
})

test('a visitor of an answer that failed learns which it was, and what its designer says, and nothing else', async ({
  page,
  millrace,
}) => {
  await using _ = await startModel(millrace, 'failing-chat', errorAnswers.invalidKey('sk-canary'))
  await share(millrace, 'failing-chat', [])
  await page.goto(`${millrace.url}/chat/failing-chat`)
  const answered = page.waitForResponse(/failing-chat\/stream$/)
  await ask(page, 'Does it turn?')
  const runId = (await answered).headers()['x-run-id'] ?? ''
  const notice = page.getByRole('alert')
  await expect(notice).toContainText('Something went wrong')
  await expect(notice).toContainText(`with the number ${runId}`)
  await expect(page.getByText(/sk-canary|API key|provider/)).toHaveCount(0)
  expect(await findViolations(page)).toEqual([])

  const closed: Flow = {
    ...emptyFlow('closed-chat', 'Closed'),
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      { id: 'throw', type: 'flow.throw', properties: { message: 'Closed on Sundays.' } },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'throw' }],
  }
  await storeFlow(millrace, closed)
  await send(`${millrace.url}/api/flows/closed-chat/publish`, 'POST', { environment: 'production' })
  await share(millrace, 'closed-chat', [])
  await page.goto(`${millrace.url}/chat/closed-chat`)
  await ask(page, 'Does it turn?')
  await expect(page.getByRole('alert')).toContainText('Closed on Sundays.')
})

test('whatever a model says stays text, on the page and in the widget of another origin', async ({
  page,
  millrace,
}) => {
  await using _ = await startModel(millrace, 'hostile-chat', textAnswer(hostile))
  await using shop = await startShopPage(
    `<script src="${millrace.url}/embed.js" data-flow="hostile-chat" data-title="Help"></script>`,
  )
  await share(millrace, 'hostile-chat', [shop.origin])
  const foreign: string[] = []
  page.on('request', (request) => {
    const { origin } = new URL(request.url())
    if (origin !== millrace.url && origin !== shop.origin) foreign.push(request.url())
  })
  const expectUnhurt = async () => {
    const conversation = page.getByRole('region', { name: 'Conversation' })
    await expect(conversation).toContainText('<script>window.isHurt = true</script>')
    await expect(page.getByRole('link', { name: 'guide' })).toHaveAttribute('rel', /noopener/)
    await expect(page.getByRole('link', { name: 'click' })).toHaveCount(0)
    await expect(page.getByRole('img', { name: 'pixel' })).toHaveCount(0)
    expect(await page.evaluate(() => 'isHurt' in window)).toBe(false)
    expect(foreign).toEqual([])
  }

  await page.goto(`${millrace.url}/chat/hostile-chat`)
  await ask(page, 'Hello')
  await expectUnhurt()

  await page.goto(shop.origin)
  await page.getByRole('button', { name: 'Open the chat: Help' }).click()
  await ask(page, 'Hello')
  await expectUnhurt()
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Message' }).fill('Half a question')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Open the chat: Help' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a question')
})

test('a page that the flow does not list neither shows the widget nor frames the chat', async ({
  page,
  millrace,
}) => {
  await using _ = await startModel(millrace, 'framed-chat', textAnswer('Hi'))
  const widget = `<script src="${millrace.url}/embed.js" data-flow="framed-chat"></script>`
  const frame = `<iframe title="Chat" src="${millrace.url}/chat/framed-chat"></iframe>`
  await using listed = await startShopPage(frame)
  await using other = await startShopPage(widget + frame)
  await share(millrace, 'framed-chat', [listed.origin])
  const framed = page.frameLocator('iframe').getByRole('textbox', { name: 'Message' })

  await page.goto(listed.origin)
  await expect(framed).toBeVisible()

  const refusal = page.waitForEvent('console', (message) =>
    message.text().includes('frame-ancestors'),
  )
  await page.goto(other.origin)
  await refusal
  await expect(framed).toHaveCount(0)
  await page.getByRole('button', { name: 'Open the chat: Chat' }).click()
  await expect(page.getByRole('alert')).toContainText('This page may not show the chat')
})

/** Takes what visitors think of answers. */
const votesFlow: Flow = {
  ...emptyFlow('votes', 'Votes'),
  nodes: [
    { id: 'trigger', type: 'chat.feedbackTrigger' },
    { id: 'return', type: 'flow.return', properties: { value: true } },
  ],
  edges: [{ from: ['trigger', 'next'], to: 'return' }],
}

/** How the runs of that flow went. */
async function votesOf({ url }: MillraceServer): Promise<readonly string[]> {
  const response = await fetch(`${url}/api/runs?flow=votes`)
  const { runs } = (await response.json()) as { runs: readonly { state: string }[] } // the server's contract
  return runs.map(({ state }) => state)
}

const said = (page: Page, text: string) =>
  page.getByRole('region', { name: 'Conversation' }).getByText(text)

async function ask(page: Page, prompt: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(prompt)
  await page.keyboard.press('Enter')
}

/** A published flow, and the model that answers in it. */
async function startModel(
  millrace: MillraceServer,
  id: string,
  answers: Script,
  settings: Flow['settings'] = {},
): Promise<FakeModelServer> {
  const model = await startFakeModelServer({ models: { m: answers } })
  await storeConnection(millrace, { id, name: id, baseUrl: model.url })
  const history = { $ref: 'chatCompletionRequest.history' }
  const flow = chatFlow(id, { chat: { connection: id, modelId: 'm', history } })
  await storeFlow(millrace, { ...flow, settings })
  await send(`${millrace.url}/api/flows/${id}/publish`, 'POST', { environment: 'production' })
  return model
}

/** Lets anybody chat with a flow, also on pages of these origins. */
async function share(millrace: MillraceServer, id: string, origins: readonly string[]) {
  const limits = { perMinute: 100, perSession: 100, perDay: 1000 }
  const url = `${millrace.url}/api/flows/${id}/public-access`
  await send(url, 'PUT', { mode: 'anonymous', origins, limits })
}

async function send(url: string, method: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json', 'if-match': '"0"' }
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) })
  expect(response.status).toBeLessThan(300)
}
