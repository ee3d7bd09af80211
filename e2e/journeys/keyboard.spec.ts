import { expect, type Locator, type Page } from '@playwright/test'
import { emptyFlow } from '@millrace/flow'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

test('the example is drawn, configured, run and stopped in the outline, with keys alone', async ({
  page,
  millrace,
  designer,
}) => {
  const pause = { afterTokens: 2, until: new Promise(() => undefined) }
  await using provider = await startFakeModelServer({
    models: { m: textAnswer('One two three', { pause }) },
  })
  await storeConnection(millrace, { id: 'outlined', name: 'Outlined', baseUrl: provider.url })
  await designer.open(await storeFlow(millrace, emptyFlow('outlined', 'Outlined')))
  const { keyboard } = page
  const outline = page.getByRole('tree', { name: 'Outline of the flow' })
  const announcer = page.getByTestId('announcer')

  await test.step('draw it', async () => {
    await keyboard.press('o')
    await expect(page.getByRole('button', { name: 'Add a trigger' })).toBeFocused()
    await keyboard.press('Enter')
    await pick(page, 'Chat completion trigger')
    await expect(outline).toBeFocused()
    await addAfter(page, 'Search vectors')
    await addAfter(page, 'Get single value')
    await expect(announcer).toContainText('added after "Search vectors"')
    await addAfter(page, 'Streaming chat completion')
    await addAfter(page, 'Insert or update row')
    await goTo(outline, /^For each message/)
    await addAfter(page, 'Yield return')
    await expect(announcer).toHaveText(
      '"Yield return" added in "For each message" of "Streaming chat completion".',
    )
    await goTo(outline, /^Text embedder nothing/)
    await addAfter(page, 'Text embedder')
    await expect(outline).toMatchAriaSnapshot(`
      - treeitem "Chat completion trigger" [level=1]
      - treeitem /Search vectors/ [level=1]
      - treeitem "Text embedder" [expanded] [level=2]
      - treeitem /Text embedder/ [level=3]
      - treeitem /Get single value/ [level=1]
      - treeitem /Streaming chat completion/ [level=1]
      - treeitem /History reducer nothing attached/ [level=2]
      - treeitem "For each message" [expanded] [level=2]
      - treeitem /Yield return/ [level=3]
      - treeitem /Insert or update row/ [level=1]
    `)
  })

  await test.step('take out what needs a database, and put it back in another order', async () => {
    await goTo(outline, /^Insert or update row/)
    await keyboard.press('Alt+ArrowUp')
    await expect(announcer).toContainText('"Streaming chat completion" now runs after "Insert or')
    await keyboard.press('Delete')
    await expect(announcer).toHaveText('"Insert or update row" deleted.')
    await goTo(outline, /^Search vectors/)
    await keyboard.press('Delete')
    await goTo(outline, /^Get single value/)
    await keyboard.press('Delete')
    await goTo(outline, /^Text embedder/)
    await keyboard.press('Delete')
    await expect(outline).toBeFocused()
  })

  await test.step('configure it', async () => {
    await goTo(outline, /^Streaming chat completion/)
    await keyboard.press('F2')
    await keyboard.type('Answer')
    await keyboard.press('Enter')
    await expect(outline).toBeFocused()
    await keyboard.press('Enter')
    const connection = designer.field('connection').getByRole('combobox')
    await expect(connection).toBeFocused()
    await keyboard.press('Enter')
    await expect(page.getByRole('option', { name: /^Outlined/ })).toBeVisible()
    await keyboard.type('Outlined')
    await keyboard.press('Enter')
    await expect(connection).toContainText('Outlined')
    await reach(designer.field('modelId').getByRole('textbox'))
    await keyboard.type('m')
    await reach(designer.field('systemPrompt').getByRole('textbox'))
    await keyboard.type('You talk to ')
    await insertVariable(page, 'sessionId')
    await expect(designer.field('systemPrompt')).toContainText('sessionId')
    await reach(designer.field('userPrompt').getByRole('textbox'))
    await insertVariable(page, 'prompt')
    await enterRegion(page, outline)
    await goTo(outline, /^Yield return/)
    await keyboard.press('Enter')
    await expect(designer.field('value').getByRole('textbox')).toBeFocused()
    await insertVariable(page, 'content')
    await expect(designer.problemCount).toContainText('none')
  })

  await test.step('run it and stop it', async () => {
    await keyboard.press('Control+Enter')
    await expect(designer.message).toBeFocused()
    await keyboard.type('Count')
    await keyboard.press('Enter')
    await expect(designer.conversation).toContainText('One two')
    await enterRegion(page, outline)
    await expect(outline.getByRole('treeitem', { name: /^Answer .* Running/ })).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect(announcer).toHaveText('The run was stopped after 2 messages.')
  })
})

test('F6 goes round the panels, and what is selected is the same in all of them', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, exampleOf('regions')))
  const { keyboard } = page
  await keyboard.press('o')
  const outline = page.getByRole('tree', { name: 'Outline of the flow' })
  await expect(outline).toBeFocused()
  await keyboard.press('End')
  await expect(designer.node('send')).toHaveClass(/selected/)

  await keyboard.press('F6')
  await expect(designer.node('send')).toBeFocused()
  await expect(designer.node('send')).toHaveAccessibleName(
    'Log, Flow Log, no problems, after "Chat completion trigger"',
  )
  await keyboard.press('F6')
  await expect(designer.panel.locator(':focus')).toBeVisible()
  await keyboard.press('Shift+F6')
  await expect(designer.node('send')).toBeFocused()

  await reach(designer.node('trigger'), 'Shift+Tab')
  await keyboard.press('Enter')
  await expect(outline.getByRole('treeitem', { selected: true })).toHaveText(/^Chat completion/)
})

test('the focus stays near what was mended, chosen or closed', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = chatFlow('focus', {
    chat: { systemPrompt: { $ref: 'tones' }, context: { $ref: 'tones' } },
    variables: [{ name: 'tone', type: 'text', value: 'kind' }],
  })
  await designer.open(await storeFlow(millrace, flow))
  const { keyboard } = page
  await expect(page.getByRole('banner').getByRole('button', { name: 'Saved' })).toBeVisible()
  await keyboard.press('Control+Enter')
  await expect(designer.panel.locator(':focus')).toBeVisible()

  const list = designer.problemList
  await list.getByRole('button', { name: 'Use “tone”', exact: true }).first().press('Enter')
  await expect(list.getByRole('button', { name: /^Error: "Context"/ })).toBeFocused()
  const context = designer.field('context')
  await context.getByRole('button', { name: /^Use/ }).press('Enter')
  await expect(context.getByRole('button', { name: 'Context' })).toBeFocused()
  await page.getByRole('button', { name: 'Close the panel' }).press('Enter')
  await expect(designer.problemCount).toBeFocused()

  const prompt = designer.field('systemPrompt')
  await prompt.getByRole('button', { name: 'Expression' }).press('Enter')
  await expect(prompt.getByRole('textbox')).toBeFocused()

  const canvas = page.getByRole('application', { name: 'Flow canvas' })
  await page.setViewportSize({ width: 420, height: 760 })
  await designer.panel.getByRole('button', { name: 'Close properties' }).press('Enter')
  await expect(designer.panel).toBeHidden()
  await expect(canvas.locator(':focus')).toBeVisible()
  await page.setViewportSize({ width: 1280, height: 720 })

  await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter')
  await expect(page.getByRole('button', { name: 'Close outline' })).toBeVisible()
  await page.reload()
  await expect(designer.card('chat')).toBeVisible()
  await page.getByRole('button', { name: 'Close outline' }).press('Enter')
  await expect(canvas.locator(':focus')).toBeVisible()
})

test('who is led to a property whose code comes late gets there, or stays where they went', async ({
  page,
  millrace,
  designer,
}) => {
  const codes: (() => void)[] = []
  await page.route('**/node-forms-*.js', async (route) => {
    await new Promise<void>((resolve) => codes.push(resolve))
    await route.continue()
  })
  const { keyboard } = page
  const flow = chatFlow('late', { chat: { systemPrompt: { $ref: 'tones' } } })
  const address = await storeFlow(millrace, flow)
  await designer.open(address)
  await keyboard.press('Control+Enter')
  await expect(designer.problemList).toBeVisible()
  await expect.poll(() => codes.length).toBe(1)
  codes[0]?.()
  await expect(designer.field('systemPrompt').locator(':focus')).toBeVisible()

  await designer.open(address)
  await keyboard.press('Control+Enter')
  await expect.poll(() => codes.length).toBe(2)
  await keyboard.press('Control+k')
  const palette = page.getByRole('combobox', { name: 'Search commands' })
  await expect(palette).toBeFocused()
  codes[1]?.()
  await expect(designer.field('systemPrompt')).toBeAttached()
  await expect(palette).toBeFocused()
})

test('F6 enters the properties while their code is still fetched', async ({
  page,
  millrace,
  designer,
}) => {
  const isFetched = Promise.withResolvers<void>()
  await page.route('**/node-forms-*.js', async (route) => {
    await isFetched.promise
    await route.continue()
  })
  await designer.open(await storeFlow(millrace, exampleOf('early-focus')))
  await designer.node('send').focus()
  const { keyboard } = page
  await keyboard.press('Enter')
  await keyboard.press('F6')
  await expect(designer.panel.locator(':focus')).toBeVisible()
  isFetched.resolve()
  await expect(designer.field('message')).toBeVisible()
  await keyboard.press('Tab')
  await expect(designer.panel.locator('button:focus, input:focus')).toBeVisible()
})

function exampleOf(id: string) {
  return {
    ...emptyFlow(id, id),
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      { id: 'send', type: 'flow.log', properties: { message: 'Hello' } },
    ],
    edges: [{ from: ['trigger', 'next'] as const, to: 'send' }],
    layout: { nodes: { trigger: [0, 0] as const, send: [336, 0] as const } },
  }
}

/** Adds a node at the active line. */
async function addAfter(page: Page, title: string): Promise<void> {
  await page.keyboard.press('+')
  await pick(page, title)
}

async function pick(page: Page, title: string): Promise<void> {
  const search = page.getByRole('combobox', { name: 'Add a node' })
  await expect(search).toBeFocused()
  await page.keyboard.type(title)
  await expect(page.getByRole('option', { name: new RegExp(`^${title}`) }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(search).toBeHidden()
}

/** Makes a line the active one by the first letter of its title. */
async function goTo(outline: Locator, name: RegExp): Promise<void> {
  const line = outline.getByRole('treeitem', { name }).first()
  const id = await line.getAttribute('id')
  const letter = (await line.innerText()).trim().charAt(0)
  for (let presses = 0; presses < 12; presses += 1) {
    if ((await outline.getAttribute('aria-activedescendant')) === id) return
    await outline.press(letter)
  }
  await expect(outline).toHaveAttribute('aria-activedescendant', id ?? '')
}

/** Presses F6 until a panel has the focus. */
async function enterRegion(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 8; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('F6')
  }
  await expect(target).toBeFocused()
}

/** Presses Tab until the focus is there. */
async function reach(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await target.page().keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

async function insertVariable(page: Page, name: string): Promise<void> {
  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Search variables' })).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
}
