// The example of a fresh server: it finds passages, answers from them while it streams, and remembers.

import { createClient } from '@millrace/client'
import { knowledgeBaseExample, trimmedChatExample } from '@millrace/nodes'
import { expect } from '@playwright/test'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { startMillrace, type MillraceServer } from '../src/millrace-server.ts'
import { storeFlow } from '../src/stored.ts'

const exampleId = 'example-rag-chat'

/** The stored history of every session, by its id. */
async function storedHistories({ url }: MillraceServer): Promise<ReadonlyMap<string, string>> {
  const response = await fetch(`${url}/api/connections/embedded-postgres/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      statement: 'SELECT session_id, history_json FROM chat_history',
      parameters: [],
    }),
  })
  expect(response.status).toBe(200)
  const { rows } = (await response.json()) as { rows: [string, string][] } // as it was asked for
  return new Map(rows)
}

/** What a flow returns. */
async function returned({ url }: MillraceServer, flowId: string, input: object): Promise<unknown> {
  const response = await fetch(`${url}/api/flows/${flowId}/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return response.json()
}

function messagesOf(historyJson = '[]'): readonly { role: string; content: string }[] {
  return JSON.parse(historyJson) as { role: string; content: string }[]
}

/** Asks the example as a chat client does, and gives its whole answer. */
async function ask({ url }: MillraceServer, input: object): Promise<string> {
  const run = await createClient({ baseUrl: url }).stream(exampleId, input)
  let answer = ''
  for await (const value of run) answer += String(value)
  return answer
}

test('a fresh server answers two questions from its documents, and remembers the first', async ({
  page,
  designer,
}) => {
  await using millrace = await startMillrace()
  await page.goto(millrace.url)
  await page.getByRole('button', { name: 'Run the example' }).click()

  await test.step('the answer quotes what was found', async () => {
    await expect(designer.conversation).toContainText('This is the demo model, not an AI.', {
      timeout: 20_000,
    })
    await expect(designer.conversation).toContainText('Streaming is control flow.')
    await expect(designer.conversation).toContainText('A real model would put that')
    await expect(designer.status('saveHistory')).toHaveAccessibleName(/done|completed|ok/i)
  })

  await test.step('a tour is shown once, leaves the keyboard where it is, and ends with Escape or its last button', async () => {
    const mark = (title: string) => page.getByRole('dialog', { name: title })
    await expect(mark('Your flow runs')).toBeVisible()
    await expect(designer.message).toBeFocused()
    expect(await findViolations(page)).toEqual([])
    await mark('Your flow runs').getByRole('button', { name: 'Next' }).click()
    await expect(mark('The answer streams in')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(designer.message).toBeFocused()
    await designer.message.blur()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search commands/ }).fill('tour')
    await page.getByRole('option', { name: 'Show the tour' }).click()
    for (const title of ['Your flow runs', 'The answer streams in', 'Make it yours']) {
      await mark(title).getByRole('button', { name: 'Next' }).click()
    }
    await mark('Run it again').getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.locator('[data-region="canvas"] :focus')).toHaveCount(1)
  })

  await test.step('the passages can be looked at', async () => {
    await designer.select('search')
    await page.getByRole('tab', { name: /^Result/ }).click()
    const hits = page.getByRole('region', { name: 'searchResult' }).getByRole('listitem')
    await expect(hits).toHaveCount(3)
    await expect(hits.first()).toContainText('openai.streamingChatCompletion.md')
  })

  await test.step('a second question gets the first along', async () => {
    await page.getByRole('tab', { name: 'Chat preview' }).click()
    await designer.message.fill('How are secrets kept?')
    await designer.message.press('Enter')
    await expect(designer.conversation).toContainText('Secrets are encrypted')
    await expect(designer.conversation).toContainText('I also got 2 earlier messages')
  })

  await test.step('the node that is still selected leads to its passages again', async () => {
    await designer.select('search')
    const hits = page.getByRole('region', { name: 'searchResult' }).getByRole('listitem')
    await expect(hits.first()).toBeVisible()
  })

  await test.step('the history of the session has grown', async () => {
    await expect
      .poll(async () =>
        [...(await storedHistories(millrace)).values()].map((json) => messagesOf(json).length),
      )
      .toEqual([4])
  })
})

test('a client is answered from the stored history of its session', async ({ millrace }) => {
  expect(
    await ask(millrace, { sessionId: 'shop-1', prompt: 'How does streaming work?' }),
  ).toContain('> Streaming is control flow. (docs/nodes/openai.streamingChatCompletion.md)')
  const second = await ask(millrace, { sessionId: 'shop-1', prompt: 'How are secrets kept?' })
  expect(second).toContain('I also got 2 earlier messages')
  const messages = messagesOf((await storedHistories(millrace)).get('shop-1'))
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
  expect(messages[2]?.content).toBe('How are secrets kept?')
  expect(messages[3]?.content).toBe(second)
})

test('a client that sends its own history is answered from that', async ({ millrace }) => {
  await ask(millrace, { sessionId: 'shop-2', prompt: 'How does streaming work?' })
  const history = [
    { role: 'user', content: 'One' },
    { role: 'assistant', content: 'Two' },
    { role: 'user', content: 'Three' },
    { role: 'assistant', content: 'Four' },
  ]
  const prompt = 'What is a flow?'
  const answer = await ask(millrace, { sessionId: 'shop-2', prompt, history })
  expect(answer).toContain('I also got 4 earlier messages')
  const stored = messagesOf((await storedHistories(millrace)).get('shop-2'))
  expect(stored.map(({ content }) => content)).toEqual([
    'One',
    'Two',
    'Three',
    'Four',
    prompt,
    answer,
  ])
})

test('clients without a session never get the history of one another', async ({ millrace }) => {
  await ask(millrace, { prompt: 'My name is Ada. What is a flow?' })
  expect(await ask(millrace, { prompt: 'What is a flow?' })).not.toContain('earlier')
})

test('a plain HTTP client sees the answer grow', async ({ millrace }) => {
  const response = await fetch(`${millrace.url}/api/flows/${exampleId}/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessionId: 'curl', prompt: 'How does streaming work?' }),
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let reads = 0
  let text = ''
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(
    new TextDecoderStream(),
  )) {
    reads += 1
    text += chunk
  }
  expect(reads).toBeGreaterThan(5)
  expect(text).toContain('event: end')
})

test('what the knowledge base stores is found by the example, and replaced when it is sent again', async ({
  millrace,
}) => {
  await storeFlow(millrace, knowledgeBaseExample('knowledge-base', 'Knowledge base'))
  const learn = (prompt: string) =>
    returned(millrace, 'knowledge-base', { prompt, context: 'notes/otters.md' })
  expect(await learn('Otters sleep on their backs in the river.')).toBe('Pieces stored: 1')
  expect(await learn('Otters sleep in a holt in the river bank.')).toBe('Pieces stored: 1')
  const answer = await ask(millrace, { sessionId: 'zoo', prompt: 'Where do otters sleep?' })
  expect(answer).toContain('> Otters sleep in a holt in the river bank. (notes/otters.md)')
  expect(answer).not.toContain('on their backs')
})

test('the chat with a trimmed history answers at once, and remembers', async ({ millrace }) => {
  await storeFlow(millrace, trimmedChatExample('trimmed', 'Trimmed'))
  const input = { sessionId: 'trimmed-1', prompt: 'Hello' }
  expect(await returned(millrace, 'trimmed', input)).not.toContain('earlier messages')
  expect(await returned(millrace, 'trimmed', input)).toContain('I also got 2 earlier messages')
})

test('what was learned is there after the server was killed', async ({ millrace }) => {
  await ask(millrace, { sessionId: 'survivor', prompt: 'What is a flow?' })
  await millrace.kill()
  await millrace.start()
  const answer = await ask(millrace, { sessionId: 'survivor', prompt: 'How are secrets kept?' })
  expect(answer).toContain('I also got 2 earlier messages')
})
