import { expect, type Locator } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

/** The labels of the panel's fields from top to bottom, a required one with its mark. */
const labels = [
  'Title',
  'Connection*',
  'Model id*',
  'System prompt',
  'User prompt*',
  'History',
  'Context',
  'Prompt template',
  'Temperature',
  'Max completion tokens',
  'Stream variable name',
  'Result variable name',
  'Disabled',
  'Description',
]

test('the fields of a streaming chat completion stand in the order of its table', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('panel-order')))
  await designer.select('chat')
  const shown = designer.panel.locator('label')
  await expect(shown).toHaveText(labels.map((label) => new RegExp(`^${label.replace('*', '\\*')}`)))
  await expect(designer.field('title').getByRole('textbox')).toHaveAttribute(
    'placeholder',
    'Streaming chat completion',
  )
  await expect(numberField(designer.panel, 'Temperature')).toHaveAttribute('placeholder', '0.7')
  await expect(numberField(designer.panel, 'Max completion tokens')).toHaveAttribute(
    'placeholder',
    "The model's limit",
  )
  await designer.panel.getByRole('button', { name: 'Help' }).click()
  await expect(designer.field('temperature')).toContainText('from 0 to 2')
  await expect(page.locator('[data-property="promptTemplate"]')).toContainText('@@userPrompt')
})

test('an expression is completed by keyboard, typed live, mended and worked out', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('panel-expression')))
  await designer.select('chat')
  const field = designer.field('systemPrompt')
  await chooseMode(field, 'Expression')
  const editor = field.getByRole('textbox', { name: 'System prompt' })
  await editor.focus()
  await page.keyboard.type('chatC')
  await expect(page.getByRole('option', { name: /^chatCompletionRequest/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('.pro')
  await expect(page.getByRole('option', { name: /^prompt text/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('.upp')
  await expect(page.getByRole('option', { name: /^upper \(\)/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(editor).toHaveText('chatCompletionRequest.prompt.upper()')
  await expect(field.getByRole('status')).toHaveText('Gives text.')
  await expect(designer.problemCount).toContainText('none')

  // A bracket that stands there already is stepped over.
  await page.keyboard.type('.split(" ")')
  await expect(editor).toHaveText('chatCompletionRequest.prompt.upper().split(" ")')
  await expect(field.getByRole('status')).toHaveText('Gives list of text; text is wanted.')
  await expect(designer.problemCount).toContainText('1')

  await editor.press('Control+a')
  await page.keyboard.type('chatCompletionRequest.promt + "!"')
  await page.keyboard.press('Escape')
  await expect(field.getByRole('status')).toHaveText('There is no "promt" in it.')
  await field.getByRole('button', { name: 'Use prompt' }).click()
  await expect(editor).toHaveText('chatCompletionRequest.prompt + "!"')
  await expect(designer.problemCount).toContainText('none')

  await designer.ask('How?')
  await expect(designer.status('chat')).toBeVisible()
  await page.getByRole('tab', { name: 'Properties' }).click()
  await expect(field).toContainText('How?!')
})

test('a value that may be null is to be tested first, and says so while it is completed', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = chatFlow('panel-null')
  const edges = [...flow.edges.slice(0, 1), { from: ['chat', 'continue'], to: 'yield' } as const]
  await designer.open(await storeFlow(millrace, { ...flow, edges }))
  await designer.select('yield')
  const field = designer.field('value')
  await chooseMode(field, 'Expression')
  const editor = field.getByRole('textbox', { name: 'Value' })
  await editor.press('Control+a')
  await page.keyboard.type('response.usa')
  await expect(page.getByText('It may be null; test it first')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('.totalTokens')
  await page.keyboard.press('Escape')
  await expect(field.getByRole('status')).toContainText('"response.usage" may be null; test it')
  await editor.press('Control+a')
  await page.keyboard.type('response.usage != null && response.usage.totalTokens > 9')
  await expect(field.getByRole('status')).toHaveText('Gives boolean.')
})

test('the prompt template editor completes, marks and previews, and the model gets what it showed', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({ models: { m: textAnswer('Fine.') } })
  await storeConnection(millrace, { id: 'panel-t', name: 'Fake', baseUrl: provider.url })
  const chat = {
    connection: 'panel-t',
    modelId: 'm',
    systemPrompt: 'Be brief.',
    history: '[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]',
    context: { $ref: 'chatCompletionRequest.sessionId' },
  }
  await designer.open(await storeFlow(millrace, chatFlow('panel-template', { chat })))
  await designer.select('chat')
  await openLargeEditor(designer.field('promptTemplate'))
  const dialog = page.getByRole('dialog', { name: 'Prompt template editor' })
  const preview = dialog.getByRole('group', { name: 'Messages to the model' })

  await test.step('empty, it shows the template that counts', async () => {
    await expect(dialog).toContainText('Empty, so the template in grey is used.')
    await expect(dialog.getByRole('textbox')).toContainText('USER QUESTION:')
    await expect(preview).toContainText('CONTEXT:')
    await expect(preview).toContainText('chatCompletionRequest.prompt')
    await expect(preview.getByRole('article')).toHaveCount(4)
  })

  await test.step('placeholders are completed, and a misspelt one is mended', async () => {
    await dialog.getByRole('textbox').click()
    await page.keyboard.type('About @@contxt: ')
    await expect(dialog).toContainText('@@contxt is no placeholder: it is sent as it stands.')
    await expect(dialog).toContainText('@@userPrompt is missing, so the model does not get it.')
    await dialog.getByRole('button', { name: 'Use @@context' }).click()
    await expect(dialog).not.toContainText('is no placeholder')
    await page.keyboard.press('End')
    await page.keyboard.type('@@us')
    const suggestion = page.getByRole('option', { name: /^@@userPrompt/ })
    await expect(suggestion).toBeVisible()
    // Escape closes the suggestions alone.
    await page.keyboard.press('Escape')
    await expect(suggestion).toBeHidden()
    await expect(page.getByText('Discard your changes?')).toBeHidden()
    await page.keyboard.press('Control+Space')
    await expect(suggestion).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('textbox')).toHaveText('About @@context: @@userPrompt')
    await expect(dialog).not.toContainText('is missing')
    await expect(dialog).toContainText('29 characters')
  })

  await test.step('Escape asks, and Ctrl+Enter accepts without running the flow', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep editing' }).click()
    await expect(dialog.getByRole('textbox')).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
    await expect(designer.runButton).toContainText('Run')
    await expect(designer.field('promptTemplate')).toContainText('About @@context')
    await expect(page.getByRole('region', { name: 'Conversation' })).toBeHidden()
  })

  await test.step('after a run the preview holds exactly what was sent', async () => {
    await designer.ask('Why?')
    await expect(designer.conversation).toContainText('Fine.')
    await page.getByRole('tab', { name: 'Properties' }).click()
    await designer.panel.getByRole('button', { name: 'Preview messages' }).click()
    const shown = page.getByRole('dialog', { name: 'What the model gets' })
    await expect(shown).toContainText('With the values of the last run.')
    const sent = provider.requests.at(-1)?.body
    const contents = messagesIn(sent).map(({ content }) => content)
    expect(contents.join()).toContain('Why?')
    await expect(shown.getByRole('article').locator('p')).toHaveText(contents)
  })
})

test('the large editor of a prompt takes chips, grows, and gives a changed draft up only when told', async ({
  page,
  millrace,
  designer,
}) => {
  const chat = { systemPrompt: 'Be kind.' }
  await designer.open(await storeFlow(millrace, chatFlow('panel-large', { chat })))
  await designer.select('chat')
  const field = designer.field('systemPrompt')
  await openLargeEditor(field)
  const dialog = page.getByRole('dialog', { name: 'System prompt' })
  await expect(dialog.getByRole('textbox')).toBeFocused()
  const small = await dialog.boundingBox()
  await dialog.getByRole('button', { name: 'Maximise' }).click()
  await expect
    .poll(async () => (await dialog.boundingBox())?.width)
    .toBeGreaterThan(small?.width ?? 0)
  await dialog.getByRole('textbox').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' /')
  // Escape closes the variables alone.
  await page.getByRole('combobox', { name: 'Search variables' }).press('Escape')
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await expect(dialog).toContainText('10 characters')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('/')
  await page.getByRole('combobox', { name: 'Search variables' }).fill('prompt')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('9 characters, 1 variable')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(field.getByRole('textbox')).toHaveText('Be kind.')

  await openLargeEditor(field)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('the large editor of a long text fills its frame, and scrolls inside it', async ({
  page,
  millrace,
  designer,
}) => {
  const systemPrompt = Array.from({ length: 60 }, (_, index) => `Rule ${index + 1}.`).join('\n')
  await designer.open(await storeFlow(millrace, chatFlow('panel-long', { chat: { systemPrompt } })))
  await designer.select('chat')
  await openLargeEditor(designer.field('systemPrompt'))
  const dialog = page.getByRole('dialog', { name: 'System prompt' })
  const text = dialog.getByRole('textbox')
  await expect(text).toBeFocused()
  const { shown, room } = await text.evaluate((element) => {
    const editor = element.closest('.cm-editor')?.parentElement
    return { shown: editor?.clientHeight, room: editor?.parentElement?.clientHeight }
  })
  expect(shown).toBe(room)
  await page.keyboard.press('Control+End')
  await expect(dialog.getByText('Rule 60.')).toBeInViewport()
  await expect(dialog.getByRole('button', { name: 'OK' })).toBeInViewport()
})

test('a field that is switched between modes loses nothing', async ({ millrace, designer }) => {
  const chat = { temperature: 0.3, systemPrompt: { $text: ['Be ', { $ref: 'tone' }, '.'] } }
  const variables = [{ name: 'tone', type: 'text', value: 'kind' } as const]
  await designer.open(await storeFlow(millrace, chatFlow('panel-modes', { chat, variables })))
  await designer.select('chat')
  const temperature = designer.field('temperature')
  await chooseMode(temperature, 'Variable')
  await expect(temperature).toContainText('Choose a variable')
  await chooseMode(temperature, 'Expression')
  // Also when something else is looked at in between.
  await designer.select('trigger')
  await designer.select('chat')
  await chooseMode(temperature, 'Literal')
  await expect(temperature.getByRole('spinbutton')).toHaveValue('0.3')

  const prompt = designer.field('systemPrompt')
  await chooseMode(prompt, 'Expression')
  await expect(prompt.getByRole('textbox')).toHaveText('"Be " + string(tone) + "."')
  await chooseMode(prompt, 'Literal')
  await expect(prompt.getByRole('button', { name: 'Remove' })).toHaveAccessibleDescription('tone')
  await expect(designer.problemCount).toContainText('none')
})

test('models are those of the connection, whose failure is told and whose new key is tried', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({
    apiKey: 'sk-right',
    models: { 'mill-1': textAnswer('1'), 'mill-2': textAnswer('2') },
  })
  await storeConnection(millrace, { id: 'panel-m', name: 'Mills', baseUrl: provider.url })
  const chat = { connection: 'panel-m', modelId: 'mill-3' }
  await designer.open(await storeFlow(millrace, chatFlow('panel-models', { chat })))
  await designer.select('chat')
  const field = designer.field('modelId')
  const failure = /The models could not be listed: .*refused the API key.* Type an id\./
  await expect(field).toContainText(failure)
  await field.getByRole('button', { name: 'Show models' }).click()
  await expect(page.getByRole('option', { name: failure })).toBeVisible()
  await page.keyboard.press('Escape')

  await designer.field('connection').getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await dialog.getByLabel('API key').fill('sk-right')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(field).toContainText('The connection does not list “mill-3”')
  await field.getByRole('button', { name: 'Use mill-1' }).click()
  await expect(field.getByRole('textbox')).toHaveText('mill-1')
  await expect(field).not.toContainText('does not list')

  await field.getByRole('textbox').press('Control+a')
  await page.keyboard.type('mi')
  await expect(page.getByRole('option')).toHaveText(['mill-1', 'mill-2'])
  await page.keyboard.type('l')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field.getByRole('textbox')).toHaveText('mill-2')

  // Another connection has models of its own.
  await designer.choose('connection', /Demo/)
  await expect(field).toContainText('The connection does not list “mill-2”')
  await field.getByRole('button', { name: 'Show models' }).click()
  await expect(page.getByRole('option', { name: 'mill-1' })).toBeHidden()
  await expect(page.getByRole('option')).toHaveText(['demo', 'demo-embedder'])
  await expect(page.getByRole('listbox')).toContainText('Other models')
})

test('a window that gets wide or narrow or is zoomed takes no draft, no focus and no picker away', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('panel-narrow')))
  await page.keyboard.press('Control+Enter')
  await designer.message.fill('A long question')
  // Where there is room for two columns, the chat gets one of its own.
  await page.setViewportSize({ width: 1700, height: 900 })
  await expect(designer.message).toHaveValue('A long question')
  await page.setViewportSize({ width: 1280, height: 800 })
  await designer.select('chat')
  await chooseMode(designer.field('history'), 'Expression')
  const expression = designer.field('history').getByRole('textbox')
  await expression.click()
  await page.keyboard.type('chatC')

  await page.setViewportSize({ width: 600, height: 800 })
  await expect(expression).toBeFocused()
  await page.keyboard.press('Backspace')
  await expect(expression).toHaveText('chat')
  await page.getByRole('tab', { name: 'Chat preview' }).click()
  await expect(designer.message).toHaveValue('A long question')

  // The picker lies over the panel: a card is chosen in its middle, where the panel would be.
  await designer.addNode(/^Log/)
  await expect(designer.card('log')).toBeAttached()

  // The list of problems keeps its whole width.
  await designer.problemCount.click()
  await designer.problemList
    .getByRole('button')
    .first()
    .click({ position: { x: 540, y: 8 } })
  await expect(expression).toBeFocused()
})

test('numbers take a comma and the arrow keys, and say at their field what is wrong', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('panel-numbers')))
  await designer.select('chat')
  const temperature = numberField(designer.panel, 'Temperature')
  await temperature.press('ArrowUp')
  await expect(temperature).toHaveValue('0.8')
  await temperature.press('Shift+ArrowUp')
  await expect(temperature).toHaveValue('1.8')
  await temperature.fill('0,25')
  await temperature.blur()
  await expect(temperature).toHaveValue('0.25')
  await temperature.fill('2,5')
  await expect(designer.field('temperature')).toContainText('must be at most 2.')
  await expect(temperature).toHaveAttribute('aria-invalid', 'true')
  await temperature.fill('')
  await expect(designer.problemCount).toContainText('none')
  await temperature.hover()
  await temperature.focus()
  await page.mouse.wheel(0, -200)
  await expect(temperature).toHaveValue('')

  const tokens = numberField(designer.panel, 'Max completion tokens')
  await tokens.fill('many')
  await expect(designer.field('maxCompletionTokens')).toContainText('“many” is no number.')
  await tokens.fill('1.5')
  await expect(designer.field('maxCompletionTokens')).toContainText('must be a whole number.')
  await tokens.fill('0')
  await expect(designer.field('maxCompletionTokens')).toContainText('must be at least 1.')
})

test('a new variable name reaches every reference, and taking it away says what breaks', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = chatFlow('panel-names')
  const last = {
    id: 'last',
    type: 'flow.yieldReturn',
    properties: { value: { $expr: 'response.content.size()' } },
  }
  const log = {
    id: 'log',
    type: 'flow.log',
    properties: { message: { $text: ['It said ', { $ref: 'response.content' }] } },
  }
  await designer.open(
    await storeFlow(millrace, {
      ...flow,
      nodes: [...flow.nodes, last, log],
      edges: [
        ...flow.edges,
        { from: ['chat', 'continue'], to: 'last' },
        { from: ['last', 'next'], to: 'log' },
      ],
      layout: { nodes: { ...flow.layout?.nodes, last: [720, 260], log: [720, 400] } },
    }),
  )
  await designer.select('chat')
  const name = designer.field('resultVariable').getByRole('textbox')
  await expect(designer.problemCount).toContainText('none')

  await test.step('a clash and a name that is none propose a free one', async () => {
    await name.fill('message')
    await expect(designer.field('resultVariable')).toContainText('“message” is taken')
    await expect(
      designer.field('resultVariable').getByRole('button', { name: 'Use message2' }),
    ).toBeVisible()
    await name.fill('the answer')
    await designer.field('resultVariable').getByRole('button', { name: 'Use theAnswer' }).click()
    await expect(name).toHaveValue('theAnswer')
    await expect(designer.problemCount).toContainText('none')
  })

  await test.step('expressions and chips have the new name, as one edit', async () => {
    await designer.select('last')
    await expect(designer.field('value').getByRole('textbox')).toHaveText(
      'theAnswer.content.size()',
    )
    await designer.select('log')
    await expect(designer.field('message')).toContainText('theAnswer.content')
    await page.getByRole('button', { name: /^Undo/ }).click()
    // Undo selects what it changed.
    await expect(name).toHaveValue('response')
    await designer.select('log')
    await expect(designer.field('message')).toContainText('response.content')
    await designer.select('chat')
  })

  await test.step('without the name two properties break, and Undo heals them', async () => {
    await name.fill('')
    const loss = '2 properties refer to “response” and break without it.'
    await expect(designer.field('resultVariable')).toContainText(loss)
    await name.press('Enter')
    await expect(designer.problemCount).toContainText('2')
    await expect(page.getByText(`There is no “response” any more. ${loss}`)).toBeVisible()
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect(designer.problemCount).toContainText('none')
    await expect(name).toHaveValue('response')
  })
})

test('the variables show what they held in the last run, and why one does not fit', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('panel-variables')))
  await designer.ask('Where is the mill?')
  await expect(designer.status('chat')).toBeVisible()
  await designer.select('chat')
  await page.getByRole('tab', { name: 'Properties' }).click()
  await designer.field('userPrompt').getByRole('button', { name: 'Insert value' }).click()
  const search = page.getByRole('combobox', { name: 'Search variables' })
  await expect(search).toBeVisible()
  // The end of the run brings a result beside the fields, and takes nothing away from them.
  await expect(designer.status('chat')).toHaveText(/ m?s$/)
  await search.fill('prompt')
  await expect(page.getByRole('treeitem', { name: /^prompt / })).toHaveText(
    /prompt.*Where is the mill\?.*text/,
  )
  await page.keyboard.press('Escape')

  await chooseMode(designer.field('maxCompletionTokens'), 'Variable')
  await designer
    .field('maxCompletionTokens')
    .getByRole('button', { name: 'Max completion' })
    .click()
  await search.fill('prompt')
  await expect(page.getByRole('dialog', { name: 'Variables' })).toContainText(
    'This is text; number is wanted.',
  )
  await page.keyboard.press('Enter')
  await expect(search).toBeVisible()
})

function messagesIn(body: unknown): readonly { readonly content: string }[] {
  return (body as { readonly messages: readonly { readonly content: string }[] }).messages // as providers are asked
}

function numberField(panel: Locator, name: string): Locator {
  return panel.getByRole('spinbutton', { name })
}

async function chooseMode(field: Locator, mode: string): Promise<void> {
  await field.hover()
  await field.getByRole('button', { name: mode, exact: true }).click()
}

async function openLargeEditor(field: Locator): Promise<void> {
  await field.getByRole('button', { name: 'Open large editor' }).click()
}
