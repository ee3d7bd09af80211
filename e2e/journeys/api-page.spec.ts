// How programs call a flow: the code that the page shows runs as it is copied, and its console calls
// as a client does.

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { startChatApp } from '../src/chat-app.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { hasPython, runSnippet } from '../src/run-snippet.ts'
import { storeFlow } from '../src/stored.ts'

const prompt = 'It\'s "5 < $HOME" \\ `ls`, für immer'

const chat: Flow = {
  ...emptyFlow('api-chat', 'API chat'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger', properties: { testData: { sessionId: 's1', prompt } } },
    {
      id: 'yield',
      type: 'flow.yieldReturn',
      properties: { value: { $text: ['<', { $ref: 'chatCompletionRequest.prompt' }, '>'] } },
    },
  ],
  edges: [{ from: ['trigger', 'next'], to: 'yield' }],
}

const orders: Flow = {
  ...emptyFlow('api-orders', 'API orders'),
  nodes: [
    {
      id: 'trigger',
      type: 'http.trigger',
      properties: {
        outputVariable: 'order',
        fields: [
          { name: 'customer', type: 'text' },
          { name: 'express', type: 'boolean' },
        ],
        defaultData: { customer: prompt },
      },
    },
    { id: 'return', type: 'flow.return', properties: { value: { $ref: 'order' } } },
  ],
  edges: [{ from: ['trigger', 'next'], to: 'return' }],
}

const waiting: Flow = {
  ...emptyFlow('api-waiting', 'API waiting'),
  nodes: [{ id: 'wait', type: 'flow.wait', properties: { duration: 10, unit: 'minutes' } }],
}

/** What the copy button of a file of a language gives. */
async function copied(
  page: Page,
  tab: string,
  name: string,
): Promise<{ name: string; code: string }> {
  await page.getByRole('tab', { name: tab, exact: true }).click()
  const file = page.getByRole('figure', { name })
  await file.getByRole('button', { name: `Copy ${name}` }).click()
  await expect(file.getByRole('button', { name: 'Copied' })).toBeVisible()
  return { name, code: await page.evaluate(() => navigator.clipboard.readText()) }
}

test('code of the page runs as it is copied, for a chat and for a flow over HTTP', async ({
  page,
  context,
  millrace,
  designer,
}, testInfo) => {
  const directory = testInfo.outputPath('snippets')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const address = await storeFlow(millrace, chat)
  await designer.open(address)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'API', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('API of “API chat”')
  expect(await findViolations(page)).toEqual([])

  await test.step('a chat', async () => {
    const curl = await runSnippet(directory, await copied(page, 'curl', 'run.sh'))
    expect(curl).toContain(`event: yield\ndata: ${JSON.stringify(`<${prompt}>`)}`)
    expect(curl).toContain(`"delta":{"content":${JSON.stringify(`<${prompt}>`)}}`)
    const openai = await copied(page, 'OpenAI · TypeScript', 'chat.ts')
    expect(await runSnippet(directory, openai)).toBe(`<${prompt}>`)
    const client = await copied(page, '@millrace/client', 'run.ts')
    expect(await runSnippet(directory, client)).toBe(`<${prompt}>`)
    const background = await copied(page, 'Background', 'submit.ts')
    expect(await runSnippet(directory, background)).toContain("state: 'completed'")
  })

  await test.step('useChat, in the browser of somebody who chats', async () => {
    for (const name of ['app/page.tsx', 'app/api/chat/route.ts']) {
      const file = await copied(page, 'useChat', name)
      await mkdir(dirname(join(directory, name)), { recursive: true })
      await writeFile(join(directory, name), file.code)
    }
    await using app = await startChatApp(directory)
    const chatPage = await context.newPage()
    const errors: string[] = []
    chatPage.on('pageerror', ({ message }) => errors.push(message))
    await chatPage.goto(app.origin)
    for (const said of [prompt, 'And then?']) {
      await chatPage.getByRole('textbox', { name: 'Message' }).fill(said)
      await chatPage.getByRole('button', { name: 'Send' }).click()
      await expect(chatPage.getByText(`You: ${said}`)).toBeVisible()
      await expect(chatPage.getByText(`Answer: <${said}>`)).toBeVisible()
      await expect(chatPage.getByRole('button', { name: 'Send' })).toBeVisible()
    }
    expect(errors).toEqual([])
    await chatPage.close()
  })

  await page.goto(`${await storeFlow(millrace, orders)}/api`)
  await test.step('a flow over HTTP', async () => {
    const sent = JSON.stringify({ customer: prompt, express: true })
    expect(await runSnippet(directory, await copied(page, 'curl', 'run.sh'))).toBe(sent)
    const client = await copied(page, '@millrace/client', 'run.ts')
    expect(await runSnippet(directory, client)).toContain('express: true')
    if (await hasPython()) {
      const python = await copied(page, 'Python', 'run.py')
      expect(await runSnippet(directory, python)).toContain("'express': True")
    }
  })
})

test('OpenAI’s Python reads as Python', async ({ page, context, millrace }, testInfo) => {
  test.skip(!(await hasPython()), 'There is no python3.')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${await storeFlow(millrace, { ...chat, id: 'api-python' })}/api`)
  const { code } = await copied(page, 'OpenAI · Python', 'chat.py')
  // The package comes from no registry that tests may reach: what it is called with is looked at.
  const stub = `import sys, types
class OpenAI:
    def __init__(self, **options): self.chat = types.SimpleNamespace(completions=types.SimpleNamespace(create=lambda **asked: print(options, asked) or []))
sys.modules["openai"] = types.SimpleNamespace(OpenAI=OpenAI)
`
  const printed = await runSnippet(testInfo.outputPath('snippets'), {
    name: 'chat.py',
    code: stub + code,
  })
  expect(printed).toContain(`'base_url': '${millrace.url}/v1', 'api_key': 'any'`)
  expect(printed).toContain("'model': 'api-python'")
})

test('the console calls a flow as a client does, and shows what a client gets', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = { ...chat, id: 'api-console', name: 'API console' }
  await page.goto(`${await storeFlow(millrace, flow)}/api`)
  const answer = page.getByRole('region', { name: 'Answer' })
  const send = page.getByRole('button', { name: 'Send', exact: true })
  const body = answer.getByLabel('Body of the answer')

  await test.step('stream, with its run on the canvas', async () => {
    await page.getByRole('textbox', { name: 'prompt' }).fill('Hello')
    await page.keyboard.press('Enter')
    await expect(answer).toContainText('Status 200')
    await expect(answer).toContainText(/First value \S/)
    await expect(body).toContainText('"delta":{"content":"<Hello>"}')
    await expect(body).toContainText('data: [DONE]')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('radio', { name: 'Stream', exact: true }).click()
    await page.getByRole('radio', { name: 'NDJSON' }).click()
    await send.click()
    await expect(body).toContainText('"value":"<Hello>"')
    await answer.getByRole('link', { name: 'Show the run' }).click()
    await expect(designer.status('yield')).toBeVisible()
  })

  await test.step('a refusal says what to do', async () => {
    await page.goto(`${await storeFlow(millrace, { ...orders, id: 'api-refused' })}/api`)
    await page.getByRole('textbox', { name: 'customer' }).fill('C-1')
    await page.getByRole('button', { name: 'Edit as JSON' }).click()
    await page.getByRole('textbox', { name: 'Input as JSON' }).fill('{ "express": true }')
    await send.click()
    await expect(answer.getByRole('alert')).toContainText('input_invalid')
    await expect(answer.getByRole('alert')).toContainText('customer')
  })

  await test.step('stopping ends the run', async () => {
    await page.goto(`${await storeFlow(millrace, waiting)}/api`)
    await page.getByRole('radio', { name: 'Stream', exact: true }).click()
    await send.click()
    await expect(answer).toContainText('x-run-id')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(answer).toContainText('Stopped')
    const states = async () => {
      const list = await fetch(`${millrace.url}/api/runs?flow=${waiting.id}`)
      return (await list.json()).runs.map(({ state }: { state: string }) => state)
    }
    await expect.poll(states).toEqual(['cancelled'])
  })
})

test('the reference of the API finds a call, and tells whole what it is', async ({
  page,
  millrace,
}) => {
  await page.goto(`${millrace.url}/docs`)
  await page.getByRole('searchbox', { name: 'Search calls' }).fill('submit')
  await page.getByText('/api/flows/{id}/submit').click()
  const call = page.locator('details', { hasText: '/api/flows/{id}/submit' })
  await expect(call).toContainText('A key with the policy execute may call it')
  await expect(call).toContainText('Idempotency-Key')
  await expect(call.getByRole('figure', { name: 'curl' })).toContainText(
    `curl -X POST '${millrace.url}/api/flows/FLOW_ID/submit'`,
  )
  expect(await findViolations(page)).toEqual([])
})
