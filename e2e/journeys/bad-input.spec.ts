// Every kind of bad input as the one who caused it meets it: the error stands where the mistake is,
// names the thing and the remedy, and the document is still there.

import type { Flow } from '@millrace/flow'
import { expect, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { Designer } from '../src/designer.ts'
import {
  bytesAnswer,
  errorAnswers,
  sseEvent,
  startFakeModelServer,
  textAnswer,
} from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storedText, storeFlow } from '../src/stored.ts'

test('a missing connection is told at its field, on the card and in the list, and chosen there', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(
    await storeFlow(millrace, chatFlow('no-connection', { chat: { connection: 'gone' } })),
  )
  const problem = /"Connection" of "Answer" names the connection "gone".* choose another\./
  await expect(designer.problemCount).toContainText('1 error')
  await expect(designer.problems('chat')).toHaveAttribute('title', problem)

  await page.keyboard.press('Control+Enter')
  // It is told in passing, and gone again.
  await expect(page.getByText('A problem keeps the flow from running.')).toBeVisible()
  await expect(designer.problemList).toContainText(problem)

  await designer.problemList.getByRole('button', { name: problem }).click()
  await expect(designer.field('connection')).toContainText(problem)
  await expect(designer.field('connection')).toContainText('gone (not on this server)')
  await designer.choose('connection', /^Demo model/)
  await expect(designer.problemCount).toContainText('none')
})

test('a connection that was never chosen is asked for', async ({ millrace, designer }) => {
  const { connection: _, ...chat } = chatFlow('').nodes[1]?.properties ?? {}
  const flow = chatFlow('unset-connection')
  const nodes = flow.nodes.map((node) =>
    node.id === 'chat' ? { ...node, properties: chat } : node,
  )
  await designer.open(await storeFlow(millrace, { ...flow, nodes }))
  await designer.problems('chat').click()
  await expect(designer.field('connection')).toContainText(
    '"Answer" needs a connection. Choose one in its Connection property.',
  )
  await expect(designer.field('connection').getByRole('combobox')).toBeFocused()
})

test('an unknown model is told in chat, card and field, and changing it there helps', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({ models: { good: textAnswer('At last.') } })
  await storeConnection(millrace, { id: 'models', name: 'Models', baseUrl: provider.url })
  const flow = chatFlow('unknown-model', { chat: { connection: 'models', modelId: 'bad' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Hello?')

  const problem = /"Models" has no model "bad".* Choose another in Model id\./
  await expect(designer.chatError).toContainText('The model is unknown')
  await expectFailure(designer, { property: 'modelId', problem })
  await expectKept(designer, flow)

  await designer.field('modelId').getByRole('textbox').fill('good')
  await expect(designer.field('modelId')).not.toContainText(problem)
  await page.keyboard.press('Control+Enter')
  await expect(designer.conversation).toContainText('At last.')
})

test('a wrong key is told in chat, card and field, and by the test of the connection', async ({
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({ apiKey: 'sk-right', models: {} })
  await storeConnection(millrace, { id: 'locked', name: 'Locked', baseUrl: provider.url })
  const flow = chatFlow('wrong-key', { chat: { connection: 'locked', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Hello?')

  const problem = /"Locked" refused the API key \(401\)\. Check the key of the connection/
  await expect(designer.chatError).toContainText('The key was refused')
  await expectFailure(designer, { property: 'connection', problem })
  await designer.field('connection').getByRole('button', { name: 'Test' }).click()
  await expect(designer.field('connection').getByRole('alert')).toContainText(problem)
  await expectKept(designer, flow)
})

test('an unreachable base URL is told in chat, card and field, and in the dialog', async ({
  page,
  millrace,
  designer,
}) => {
  const provider = await startFakeModelServer()
  await provider.close()
  await storeConnection(millrace, { id: 'down', name: 'Down', baseUrl: provider.url })
  const flow = chatFlow('unreachable', { chat: { connection: 'down', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Hello?')

  const problem = /"Down" cannot be reached at http:.*: nothing listens there\. Check the base URL/
  await expect(designer.chatError).toContainText('The model’s server cannot be reached')
  await expectFailure(designer, { property: 'connection', problem })
  await designer.field('connection').getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(problem)
  await page.keyboard.press('Escape')
  await expectKept(designer, flow)
})

test('a stream that is cut in the middle leaves what came of it in node and chat', async ({
  millrace,
  designer,
}) => {
  const answer = textAnswer('Half of it and no more', { end: { cutAfterEvents: 4 } })
  await using provider = await startFakeModelServer({ models: { m: answer } })
  await storeConnection(millrace, { id: 'cutter', name: 'Cutter', baseUrl: provider.url })
  const flow = chatFlow('cut', { chat: { connection: 'cutter', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Hello?')

  const problem = /"Cutter" closed its connection before the answer was complete\. Try again\./
  await expect(designer.chatError).toContainText('The connection to the model broke off')
  await expect(designer.chatError).toContainText(problem)
  await expect(designer.conversation).toContainText('Half of it')
  await expect(designer.card('chat').getByTestId('node-stream')).toContainText('Half of it')
  await expect(designer.status('chat')).toHaveAttribute('title', problem)
  await expectKept(designer, flow)
})

test('a limit of the provider says when to try again, counts down, and then helps', async ({
  millrace,
  designer,
}) => {
  let isLimited = true
  await using provider = await startFakeModelServer({
    models: { m: () => (isLimited ? errorAnswers.rateLimited(2) : textAnswer('At last.')) },
  })
  await storeConnection(millrace, { id: 'busy', name: 'Busy', baseUrl: provider.url })
  const flow = chatFlow('limited', { chat: { connection: 'busy', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Hello?')

  await expect(designer.chatError).toContainText('The provider’s limit is reached')
  await expect(designer.chatError).toContainText('"Busy" gets too many requests (429).')
  const wait = designer.chatError.getByRole('button', { name: /^Try again in \d s$/ })
  await expect(wait).toBeDisabled()
  await expect(designer.error('chat')).toHaveText('The provider’s limit is reached')
  isLimited = false
  await designer.chatError.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(designer.conversation).toContainText('At last.')
  await expect(designer.error('chat')).toBeHidden()
})

test('a refused key is mended from the chat', async ({ page, millrace, designer }) => {
  await using provider = await startFakeModelServer({
    apiKey: 'sk-right',
    models: { m: textAnswer('Welcome.') },
  })
  await storeConnection(millrace, { id: 'mended', name: 'Mended', baseUrl: provider.url })
  const flow = chatFlow('mended', { chat: { connection: 'mended', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Hello?')
  await expect(designer.error('chat')).toHaveText('The key was refused')
  await designer.chatError.getByRole('button', { name: 'Edit connection' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await dialog.getByLabel('API key').fill('sk-right')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(designer.conversation).toContainText('Welcome.')
})

const half = sseEvent({ choices: [{ index: 0, delta: { content: 'Half of it' } }] })

for (const { name, answer, title, message } of [
  {
    name: 'garbage in the stream',
    answer: bytesAnswer([half, 'data: {"oops\n\n']),
    title: 'The model’s server does not speak OpenAI’s protocol',
    message: '"Odd" sent something that is not part of a chat completion.',
  },
  {
    name: 'an error in a stream that began well',
    answer: bytesAnswer([half, sseEvent({ error: { message: 'The GPU is on fire.' } })]),
    title: 'The provider failed',
    message: '"Odd" broke off its answer: The GPU is on fire.',
  },
  {
    name: 'a stream that ends before the answer does',
    answer: bytesAnswer([half]),
    title: 'The answer was cut off',
    message: 'ended its stream before the answer was complete. Try again.',
  },
]) {
  test(`${name} is told in chat and card, and what came before it stays, marked as unfinished`, async ({
    millrace,
    designer,
  }) => {
    await using provider = await startFakeModelServer({ models: { m: answer } })
    const id = name.replaceAll(' ', '-')
    await storeConnection(millrace, { id, name: 'Odd', baseUrl: provider.url })
    await designer.open(
      await storeFlow(millrace, chatFlow(id, { chat: { connection: id, modelId: 'm' } })),
    )
    await designer.ask('Hello?')
    await expect(designer.chatError).toContainText(title)
    await expect(designer.chatError).toContainText(message)
    await expect(designer.conversation).toContainText('Half of it')
    await expect(designer.conversation).toContainText('The answer is unfinished')
    await expect(designer.error('chat')).toHaveText(title)
    await designer.error('chat').click()
    await expect(designer.panel).toContainText(message)
  })
}

for (const { name, answer, title, text } of [
  {
    name: 'the token limit',
    answer: textAnswer('So far', { finishReason: 'length' }),
    title: 'Cut at the token limit',
    text: 'So far',
  },
  {
    name: 'the content filter',
    answer: textAnswer('So far', { finishReason: 'content_filter' }),
    title: 'Ended by the content filter',
    text: 'So far',
  },
  {
    name: 'a refusal',
    answer: textAnswer('I cannot help with that.', { field: 'refusal' }),
    title: 'The model refused',
    text: 'I cannot help with that.',
  },
]) {
  test(`${name} is an outcome that the chat tells, and no error`, async ({
    millrace,
    designer,
  }) => {
    await using provider = await startFakeModelServer({ models: { m: answer } })
    const id = name.replaceAll(' ', '-')
    await storeConnection(millrace, { id, name: 'Strict', baseUrl: provider.url })
    await designer.open(
      await storeFlow(millrace, chatFlow(id, { chat: { connection: id, modelId: 'm' } })),
    )
    await designer.ask('Hello?')
    const note = designer.conversation.getByRole('note')
    await expect(note).toContainText(title)
    await expect(designer.conversation).toContainText(text)
    await expect(designer.chatError).toBeHidden()
    await expect(designer.error('chat')).toBeHidden()
    await note.getByRole('button', { name: 'Show node' }).click()
    await expect(designer.panel.getByRole('heading', { name: 'Answer' })).toBeVisible()
  })
}

test('a slow drip arrives whole', async ({ millrace, designer }) => {
  const answer = textAnswer('One word after the other', { delayMs: 150 })
  await using provider = await startFakeModelServer({ models: { m: answer } })
  await storeConnection(millrace, { id: 'drip', name: 'Drip', baseUrl: provider.url })
  const flow = chatFlow('drip', { chat: { connection: 'drip', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Hello?')
  await expect(designer.conversation).toContainText('One word after the other')
  await expect(designer.chatError).toBeHidden()
})

test('a misspelt reference is a red chip with a fix', async ({ page, millrace, designer }) => {
  const flow = chatFlow('misspelt', {
    chat: { userPrompt: { $ref: 'chatCompletionRequest.promt' } },
  })
  await designer.open(await storeFlow(millrace, flow))
  await designer.problems('chat').click()
  const field = designer.field('userPrompt')
  await expect(field).toContainText(/there is no "promt" in it; .* Did you mean "prompt"\?/)
  await field.getByRole('button', { name: 'Fix' }).click()
  await page
    .getByRole('group', { name: 'Did you mean' })
    .getByRole('button', { name: 'chatCompletionRequest.prompt' })
    .click()
  await expect(designer.problemCount).toContainText('none')
})

test('what refers to a deleted variable says so, and undo heals it', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = chatFlow('deleted-variable', {
    variables: [{ name: 'tone', type: 'text', value: 'kind' }],
    chat: { systemPrompt: { $text: ['Be ', { $ref: 'tone' }, '.'] } },
  })
  await designer.open(await storeFlow(millrace, flow))
  await expect(designer.problemCount).toContainText('none')
  await designer.panel.getByRole('tab', { name: /^Variables/ }).click()
  await designer.panel.getByRole('button', { name: 'Remove tone' }).click()
  const question = page.getByRole('dialog', { name: 'Remove “tone”?' })
  await expect(question.getByRole('listitem')).toHaveText(['AnswerSystem prompt'])
  await question.getByRole('button', { name: 'Remove' }).click()
  await designer.problems('chat').click()
  const problem = /refers to "tone", but there is no variable of that name here/
  await expect(designer.field('systemPrompt')).toContainText(problem)
  await expect(designer.problemList).toContainText(problem)
  await expect(
    designer.field('systemPrompt').getByRole('button', { name: 'Fix' }),
  ).toHaveAccessibleDescription('tone')
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(designer.problemCount).toContainText('none')
})

test('renaming a variable renames what refers to it', async ({ page, millrace, designer }) => {
  await designer.open(await storeFlow(millrace, chatFlow('renamed-variable')))
  await designer.select('trigger')
  const name = designer.field('outputVariable').getByRole('textbox')
  await name.fill('request')
  await name.press('Enter')
  await designer.select('chat')
  await expect(designer.field('userPrompt')).toContainText('request')
  await expect(designer.problemCount).toContainText('none')
  await page.keyboard.press('Escape')
})

test('deleting a node breaks what refers to its output, with the reason at the field', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('deleted-node')))
  await designer.select('trigger')
  await page.keyboard.press('Delete')
  await designer.problems('chat').click()
  await expect(designer.field('userPrompt')).toContainText(
    /refers to "chatCompletionRequest", but there is no variable of that name here/,
  )
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(designer.problemCount).toContainText('none')
  await expect(designer.edges).toHaveCount(2)
})

test('a cycle is refused while it is drawn, with the reason by the pointer', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = withLog(chatFlow('drawn-cycle'))
  await designer.open(await storeFlow(millrace, flow))
  await designer.holdWire(designer.port('log', 'exec:next'), designer.port('chat', 'exec-in'))
  const refusal = page.getByText(
    'This would run in a circle. To repeat something, take a loop node.',
  )
  await expect(refusal).toBeVisible()
  await page.mouse.up()
  await expect(designer.edges).toHaveCount(3)
  await expect(designer.problemCount).toContainText('none')
})

test('a document with a cycle opens and shows where it runs in a circle', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = withLog(chatFlow('stored-cycle'))
  const edges = [...flow.edges, { from: ['log', 'next'], to: 'chat' } as const]
  await designer.open(await storeFlow(millrace, { ...flow, edges }))
  const problem = /The edges run in a circle through "Answer"\. Remove one of them/
  await page.keyboard.press('Control+Enter')
  await expect(designer.problemList).toContainText(problem)
  await expect(designer.problems('chat')).toHaveAttribute('title', problem)
  await expect(designer.edges).toHaveCount(4)
})

test('a second trigger is told on both, and deleting one of them heals it', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('two-triggers')))
  await designer.addNode(/^Chat completion trigger/)
  const problem = /The flow has 2 triggers; "Chat completion trigger" is one of them\. Keep one\./
  await expect(designer.problems('trigger')).toHaveAttribute('title', problem)
  await expect(designer.problems('trigger2')).toHaveAttribute('title', problem)
  await page.keyboard.press('Control+Enter')
  const told = designer.problemList.getByRole('button', { name: problem })
  await expect(told).toHaveCount(2)
  await told.last().click()
  await expect(designer.node('trigger2')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(designer.problemCount).toContainText('none')
})

test('invalid JSON is refused by the import with its place, and the flow stays', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = chatFlow('import-target')
  await designer.open(await storeFlow(millrace, flow))
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Import…' }).click()
  const dialog = page.getByRole('dialog')
  const text = dialog.getByRole('textbox', { name: 'Or paste its text' })

  await text.fill('{ "format": "millrace/flow", }')
  await expect(dialog).toContainText(/This is not JSON: .*line 1 column 30.*missing comma or quote/)
  await expect(dialog.getByRole('button', { name: 'Import as new flow' })).toBeDisabled()
  await expect(dialog.getByRole('button', { name: 'Replace this flow' })).toBeDisabled()

  await dialog.getByRole('button', { name: 'Take another' }).click()
  await text.fill('hello')
  await expect(dialog).toContainText(/This is no flow: .* Choose a file that Millrace exported\./)

  await dialog.getByRole('button', { name: 'Take another' }).click()
  await text.fill(JSON.stringify({ ...flow, id: 'A B', edges: 7 }))
  await expect(dialog).toContainText('It cannot be imported, for 2 reasons:')
  await expect(dialog.getByRole('list', { name: 'Problems of the document' })).toContainText(
    /edges.*id.*lower-case letters|id.*lower-case letters.*edges/s,
  )
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expectKept(designer, flow)
})

test('invalid JSON cannot be accepted as test data', async ({ page, millrace, designer }) => {
  await designer.open(await storeFlow(millrace, chatFlow('test-data')))
  await designer.select('trigger')
  await designer.field('testData').getByRole('button', { name: 'Edit JSON' }).click()
  const dialog = page.getByRole('dialog')
  const json = dialog.getByRole('textbox', { name: 'Test data' })
  await json.fill('{ "prompt": }')
  await expect(dialog).toContainText("This is no JSON yet: Unexpected token '}'")
  await expect(dialog.getByRole('button', { name: 'OK' })).toBeDisabled()
  await json.fill('{ "prompt": "Hi", "sessionId": "s" }')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await dialog.getByRole('button', { name: 'OK' }).click()
  await expect(designer.field('testData')).toContainText('"prompt":"Hi"')
})

for (const { choice, nameAfter } of [
  { choice: 'Overwrite', nameAfter: 'Mine' },
  { choice: 'Load theirs', nameAfter: 'Theirs' },
  { choice: 'Keep a copy', nameAfter: 'Mine (my version)' },
]) {
  test(`a stale save asks what stays: ${choice}`, async ({ page, browser, millrace, designer }) => {
    const id = `stale-${choice.toLowerCase().replaceAll(' ', '-')}`
    const address = await storeFlow(millrace, chatFlow(id))
    await designer.open(address)
    // Another person's browser: tabs of one go along with each other.
    await using theirs = await browser.newContext()
    await saveElsewhere(await theirs.newPage(), address)
    await page.bringToFront()
    await designer.rename('Mine')
    await page.keyboard.press('Control+s')

    const dialog = page.getByRole('dialog', { name: '“Mine” was changed elsewhere' })
    await expect(dialog).toContainText('Yours, compared with theirs: ')
    await dialog.getByRole('button', { name: choice }).click()
    await expect(dialog).toBeHidden()
    await expect(designer.flowName).toHaveText(nameAfter)
    await expect(designer.savedState).toHaveText('Saved')
    await expect(designer.edges).toHaveCount(2)

    expect(await storedText(millrace, id)).toContain(
      choice === 'Overwrite' ? '"name": "Mine"' : '"name": "Theirs"',
    )
    // The other version would be thinned out soon, so close to mine.
    if (choice === 'Overwrite') {
      const names = async () => {
        const answer = await fetch(`${millrace.url}/api/flows/${id}/revisions`)
        const { revisions } = (await answer.json()) as { revisions: { name: string | null }[] }
        return revisions.map(({ name }) => name)
      }
      await expect.poll(names).toEqual([null, 'Before it was overwritten', null])
    }
    if (choice === 'Load theirs') {
      await page.getByRole('button', { name: /^Undo/ }).click()
      await expect(designer.flowName).toHaveText('Mine')
    }
  })
}

test('a version that was saved while the question stood is shown before it is answered for', async ({
  page,
  browser,
  millrace,
  designer,
}) => {
  const address = await storeFlow(millrace, chatFlow('stale-twice'))
  await designer.open(address)
  await using theirs = await browser.newContext()
  await saveElsewhere(await theirs.newPage(), address)
  await page.bringToFront()
  await designer.select('chat')
  await designer.field('systemPrompt').getByRole('textbox').fill('Answer in rhymes.')
  const dialog = page.getByRole('dialog', { name: /was changed elsewhere$/ })
  const changes = dialog.getByRole('region', { name: 'Changes' })
  await expect(changes).toContainText('“Theirs”')

  const other = new Designer(await theirs.newPage())
  await other.open(address)
  await other.rename('Theirs, later')
  await other.save()
  await page.bringToFront()
  await dialog.getByRole('button', { name: 'Overwrite' }).click()
  await expect(page.getByText('The flow was saved once more elsewhere.')).toBeVisible()
  await expect(changes).toContainText('“Theirs, later”')
  expect(await storedText(millrace, 'stale-twice')).toContain('"name": "Theirs, later"')
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await expect(dialog).toBeHidden()
  await expect(designer.flowName).toHaveText('Theirs, later')
})

test('a flow that was deleted elsewhere can be saved again', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('deleted-elsewhere')))
  const { status } = await fetch(`${millrace.url}/api/flows/deleted-elsewhere`, {
    method: 'DELETE',
  })
  expect(status).toBe(204)
  await designer.rename('Still here')
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: '“Still here” was deleted elsewhere' })
  await dialog.getByRole('button', { name: 'Save it again' }).click()
  await expect(dialog).toBeHidden()
  await expect(designer.savedState).toHaveText('Saved')
  expect(await storedText(millrace, 'deleted-elsewhere')).toContain('"name": "Still here"')
})

interface ExpectedFailure {
  readonly property: string
  readonly problem: RegExp
}

/** The chat, the card and the field all say why the model's node failed; the chat leads to the field. */
async function expectFailure(designer: Designer, { property, problem }: ExpectedFailure) {
  await expect(designer.chatError).toContainText(problem)
  await expect(designer.status('chat')).toContainText('Failed')
  await expect(designer.status('chat')).toHaveAttribute('title', problem)
  await designer.chatError.getByRole('button', { name: 'Show node' }).click()
  await expect(designer.field(property)).toContainText(problem)
}

/** The designer still has the whole flow, saved. */
async function expectKept(designer: Designer, { nodes, edges }: Flow): Promise<void> {
  for (const { id } of nodes) await expect(designer.card(id)).toBeVisible()
  await expect(designer.edges).toHaveCount(edges.length)
  await expect(designer.savedState).toHaveText('Saved')
}

function withLog(flow: Flow): Flow {
  return {
    ...flow,
    nodes: [...flow.nodes, { id: 'log', type: 'flow.log', properties: { message: 'Answered.' } }],
    edges: [...flow.edges, { from: ['chat', 'continue'], to: 'log' }],
    layout: { nodes: { ...flow.layout?.nodes, log: [720, 320] } },
  }
}

/** Another tab opens the flow, renames and saves it. */
async function saveElsewhere(tab: Page, address: string): Promise<void> {
  const theirs = new Designer(tab)
  await theirs.open(address)
  await theirs.rename('Theirs')
  await theirs.save()
  await tab.close()
}
