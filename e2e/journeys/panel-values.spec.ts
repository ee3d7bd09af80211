import { expect } from '@playwright/test'
import type { Flow } from '@millrace/flow'
import { chatFlow } from '../src/chat-flow.ts'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

test('a value is put in with a slash, formatted without an expression, and runs', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('values-format')))
  await designer.select('chat')
  const field = designer.field('systemPrompt')
  const editor = field.getByRole('textbox', { name: 'System prompt' })
  await editor.click()
  await page.keyboard.type('Shout ')
  await page.keyboard.type('/')
  await page.getByRole('combobox', { name: 'Search variables' }).fill('prompt')
  await page.getByRole('treeitem', { name: /^prompt / }).click()
  await editor.getByText('.prompt').click()
  const format = page.getByRole('dialog', { name: 'Format value' })
  await format.getByRole('button', { name: 'Upper case' }).click()
  await expect(format).toContainText('Gives text.')
  await page.keyboard.press('Escape')
  await expect(editor).toContainText('upper case')
  await expect(designer.problemCount).toContainText('none')

  // In a field that takes no chips the same gesture opens the variables, and a format is shown again.
  const temperature = designer.field('temperature')
  await temperature.getByRole('spinbutton').press('/')
  await page.getByRole('combobox', { name: 'Search variables' }).fill('temperature')
  await page.getByRole('treeitem', { name: /^temperature / }).click()
  await temperature.getByRole('button', { name: 'Format value' }).click()
  await format.getByRole('textbox', { name: 'If empty, use' }).fill('0.5')
  await page.keyboard.press('Escape')
  await expect(temperature).toContainText('or “0.5”')
  await expect(designer.problemCount).toContainText('none')

  // The fields can be searched from within.
  await designer.field('title').getByRole('textbox').focus()
  await page.keyboard.press('Control+f')
  await page.getByRole('searchbox', { name: 'Search fields' }).fill('creative')
  await expect(designer.panel.locator('[data-property]')).toHaveCount(1)
  await page.keyboard.press('Escape')

  await designer.ask('How?')
  await expect(designer.status('chat')).toBeVisible()
  await page.getByRole('tab', { name: 'Properties' }).click()
  await expect(field).toContainText('Shout HOW?')
  await expect(temperature).toContainText('0.5')
})

test('an editor whose code comes late leaves the focus to what was opened meanwhile', async ({
  page,
  millrace,
  designer,
}) => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/text-editors-*.js', async (route) => {
    await released
    await route.continue()
  })
  await designer.open(await storeFlow(millrace, chatFlow('late-editor', {})))
  await designer.select('chat')
  // Its editor is to have the focus, and is not there yet.
  await designer.field('systemPrompt').getByRole('button', { name: 'Expression' }).click()
  await designer.field('userPrompt').getByRole('button', { name: 'Insert value' }).click()
  const search = page.getByRole('combobox', { name: 'Search variables' })
  await expect(search).toBeFocused()
  release()
  await expect(designer.field('systemPrompt').getByRole('textbox')).toBeAttached()
  await search.pressSequentially('prompt')
  await expect(search).toHaveValue('prompt')
})

test('who types over a value that was clicked is not interrupted by its format', async ({
  page,
  millrace,
  designer,
}) => {
  const isFetched = Promise.withResolvers<void>()
  await page.route('**/format-picker-*.js', async (route) => {
    await isFetched.promise
    await route.continue()
  })
  const flow = chatFlow('values-typed-over', {
    chat: { systemPrompt: { $ref: 'chatCompletionRequest.prompt' } },
  })
  await designer.open(await storeFlow(millrace, flow))
  await designer.select('chat')
  const editor = designer.field('systemPrompt').getByRole('textbox', { name: 'System prompt' })
  await editor.getByText('.prompt').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('/')
  isFetched.resolve()
  await page.getByRole('combobox', { name: 'Search variables' }).fill('sessionId')
  await page.getByRole('treeitem', { name: /^sessionId / }).click()
  await expect(editor).toContainText('.sessionId')
  await expect(page.getByRole('dialog', { name: 'Format value' })).toBeHidden()
})

test('what one rename broke is mended everywhere at once, and a cell is led to', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = chatFlow('values-mend', {
    chat: { systemPrompt: { $text: ['Be ', { $ref: 'tones' }] }, context: { $ref: 'tones' } },
    variables: [
      { name: 'tone', type: 'text', value: 'kind' },
      { name: 'spare', type: 'number' },
    ],
  })
  await designer.open(await storeFlow(millrace, withFunction(flow)))
  await page.keyboard.press('Control+Enter')
  // Run opens the list and leads to the first of them.
  await expect(designer.problemList).toContainText('“tones” is no variable any more')
  await expect(
    designer.field('systemPrompt').getByRole('textbox', { name: 'System prompt' }),
  ).toBeFocused()
  await designer.problemList.getByRole('button', { name: 'Use “tone” everywhere' }).click()
  await expect(designer.problemCount).toContainText('1')

  await designer.problemList.getByRole('button', { name: /refers to "gone"/ }).click()
  await expect(page.getByRole('textbox', { name: 'Value of b' })).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('7')
  await expect(designer.problemCount).toContainText('none')

  // The flow's variables: what they are for, where they are used, and what breaks without them.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^Search commands/ }).fill('Flow variables')
  await page.keyboard.press('Enter')
  const tone = page.getByRole('listitem', { name: 'tone' })
  await tone.getByRole('textbox', { name: 'What tone is for' }).fill('How answers sound.')
  await tone.getByRole('button', { name: 'Move tone', exact: true }).press('ArrowDown')
  await expect(page.getByRole('textbox', { name: 'Variable name' }).first()).toHaveValue('spare')
  await tone.getByRole('button', { name: 'Remove tone', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Remove “tone”?' })
  await expect(question.getByRole('listitem')).toHaveText([/Context/, /System prompt/])
  await question.getByRole('button', { name: 'Cancel' }).click()
  await tone.getByRole('button', { name: 'Used in 2 places' }).click()
  await tone.getByRole('button', { name: /Context/ }).click()
  await expect(designer.field('context')).toContainText('tone')
})

test('several nodes are changed together, and one undo takes it back', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('values-several')))
  await designer.select('yield')
  await page.keyboard.down('Shift')
  await designer.select('chat')
  await page.keyboard.up('Shift')
  await expect(designer.panel.getByRole('heading')).toHaveText('2 nodes')
  await designer.panel.getByRole('switch', { name: 'Disabled' }).click()
  await expect(designer.panel.getByRole('switch', { name: 'Disabled' })).toBeChecked()
  await designer.panel.getByRole('list', { name: 'Selected nodes' }).getByText('Answer').click()
  await expect(designer.panel.getByRole('switch', { name: 'Disabled' })).toBeChecked()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await designer.select('chat')
  await expect(designer.panel.getByRole('switch', { name: 'Disabled' })).not.toBeChecked()
})

/** The flow with a function before its answer, one of whose inputs refers to what is not there. */
function withFunction(flow: Flow): Flow {
  const inputs = [
    { name: 'a', value: 1 },
    { name: 'b', value: { $ref: 'gone' } },
  ]
  return {
    ...flow,
    nodes: [
      ...flow.nodes,
      { id: 'work', type: 'flow.function', properties: { inputs, code: 'return a + b' } },
    ],
    edges: [...flow.edges, { from: ['chat', 'continue'], to: 'work' }],
    layout: { nodes: { ...flow.layout?.nodes, work: [720, 320] } },
  }
}
