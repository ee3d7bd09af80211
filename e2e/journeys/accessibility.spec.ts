import { emptyFlow, type FlowNode } from '@millrace/flow'
import { expect, type Locator, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import type { Designer } from '../src/designer.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

interface Scene {
  readonly name: string
  readonly show: (world: {
    readonly page: Page
    readonly millrace: MillraceServer
    readonly designer: Designer
  }) => Promise<void>
}

const scenes: readonly Scene[] = [
  {
    name: 'the dialog of a connection that is filled in by one of several ways',
    async show({ page, millrace }) {
      await page.goto(`${millrace.url}/connections`)
      await page.getByRole('button', { name: 'New connection' }).first().click()
      await page.getByRole('combobox', { name: 'Kind' }).click()
      await page.getByRole('option', { name: 'SQL Server' }).click()
      await page.getByRole('radio', { name: 'Entra service principal' }).click()
      await page.getByRole('button', { name: 'Create' }).click()
      await expect(page.getByText('“Tenant id” is required.')).toBeVisible()
    },
  },
  {
    name: 'the dialog of a statement, with what a test run gave',
    async show({ page, millrace, designer }) {
      await showDatabaseNode(millrace, designer, 'axe-sql', {
        type: 'postgres.getRows',
        properties: {
          connection: 'embedded-postgres',
          sqlExpressionAndParameters: {
            statement: 'select @a as a, @b as b',
            parameters: [{ name: 'a', type: 'text', value: 'one' }],
          },
        },
      })
      await page.getByRole('button', { name: 'Edit SQL expression' }).click()
      await page.getByRole('button', { name: 'Add parameter @b' }).click()
      await page.keyboard.press('Control+Enter')
      await page.getByRole('gridcell', { name: 'one' }).click()
      await expect(page.getByRole('region', { name: 'Value of a' })).toBeVisible()
    },
  },
  {
    name: 'the grid of a record definition, whose table is not there',
    async show({ page, millrace, designer }) {
      await showDatabaseNode(millrace, designer, 'axe-record', {
        type: 'postgres.saveVectors',
        properties: { connection: 'embedded-postgres', collectionName: 'nowhere' },
      })
      await page.getByRole('button', { name: 'Edit record definition' }).click()
      await page.getByRole('button', { name: 'Add field' }).click()
      await expect(page.getByRole('button', { name: 'Create table' })).toBeVisible()
    },
  },
  {
    name: 'the flows',
    async show({ page, millrace }) {
      await page.goto(millrace.url)
      await expect(page.getByRole('button', { name: 'Run the example' })).toBeVisible()
    },
  },
  {
    name: 'the dialog of a new flow',
    async show({ page, millrace }) {
      await page.goto(millrace.url)
      await page.getByRole('button', { name: 'New flow', exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'the import, with problems',
    async show({ page, millrace }) {
      await page.goto(millrace.url)
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByRole('textbox', { name: 'Or paste its text' }).fill('{ "nodes": 1 }')
      await expect(page.getByRole('dialog')).toContainText('It cannot be imported')
    },
  },
  {
    name: 'the connections, with a test that failed',
    async show({ page, millrace }) {
      const down = { id: 'axe-down', name: 'Nobody there', baseUrl: 'http://127.0.0.1:9/v1' }
      await storeConnection(millrace, down)
      await page.goto(`${millrace.url}/connections`)
      await page.getByRole('button', { name: 'Test Nobody there' }).click()
      await expect(page.getByText(/cannot be reached/)).toBeVisible()
    },
  },
  {
    name: 'the dialog of a new connection, with what its test found',
    async show({ page, millrace }) {
      await page.goto(`${millrace.url}/connections`)
      await page.getByRole('button', { name: 'New connection' }).first().click()
      await page.getByRole('button', { name: 'Add a header' }).click()
      await page.getByRole('textbox', { name: 'Base URL' }).fill('http://127.0.0.1:9/v1')
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await expect(page.getByText('Nothing listens there', { exact: true })).toBeVisible()
    },
  },
  {
    name: 'the question whether a connection that is used may go',
    async show({ page, millrace }) {
      await storeConnection(millrace, {
        id: 'axe-used',
        name: 'Used',
        baseUrl: 'http://127.0.0.1:9',
      })
      await storeFlow(millrace, chatFlow('axe-uses', { chat: { connection: 'axe-used' } }))
      await page.goto(`${millrace.url}/connections`)
      await page.getByRole('button', { name: 'More for Used' }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await expect(page.getByText('This flow uses it')).toBeVisible()
    },
  },
  {
    name: 'the dialog of a new connection, with errors',
    async show({ page, millrace }) {
      await page.goto(`${millrace.url}/connections`)
      await page.getByRole('button', { name: 'New connection' }).click()
      await page.getByRole('textbox', { name: 'Base URL' }).fill('localhost')
      await page.getByRole('button', { name: 'Create' }).click()
      await expect(page.getByRole('textbox', { name: 'Base URL' })).toHaveAttribute(
        'aria-invalid',
        'true',
      )
    },
  },
  {
    name: 'an empty designer',
    async show({ millrace, designer, page }) {
      await designer.open(await storeFlow(millrace, emptyFlow('axe-empty', 'Nothing yet')))
      await expect(page.getByRole('region', { name: 'Empty flow' })).toBeVisible()
    },
  },
  {
    name: 'a designer with a node selected',
    async show({ millrace, designer }) {
      await designer.open(await storeFlow(millrace, chatFlow('axe-flow')))
      await designer.select('chat')
      await expect(designer.field('userPrompt')).toContainText('prompt')
    },
  },
  {
    name: 'a designer with its problems open',
    async show({ page, millrace, designer }) {
      const chat = { connection: 'gone', userPrompt: { $ref: 'nobody' } }
      await designer.open(await storeFlow(millrace, chatFlow('axe-problems', { chat })))
      await page.keyboard.press('Control+Enter')
      await designer.problems('chat').click()
      await expect(designer.field('userPrompt')).toContainText('no variable of that name')
    },
  },
  {
    name: 'the palette of nodes',
    async show({ page, millrace, designer }) {
      await designer.open(await storeFlow(millrace, chatFlow('axe-palette')))
      await page.keyboard.press('n')
      await expect(page.getByRole('option', { name: /^Yield return/ })).toBeVisible()
    },
  },
  {
    name: 'the editor of a prompt template',
    async show({ page, millrace, designer }) {
      const chat = { promptTemplate: 'Context: @@context\n\n@@userPrompt @@other' }
      await designer.open(await storeFlow(millrace, chatFlow('axe-template', { chat })))
      await designer.select('chat')
      await designer
        .field('promptTemplate')
        .getByRole('button', { name: 'Open large editor' })
        .click()
      await expect(page.getByRole('dialog')).toContainText('@@other is no placeholder')
    },
  },
  {
    name: 'an expression with its suggestions',
    async show({ page, millrace, designer }) {
      const chat = { systemPrompt: { $expr: 'chatCompletionRequest' } }
      await designer.open(await storeFlow(millrace, chatFlow('axe-expression', { chat })))
      await designer.select('chat')
      await designer.field('systemPrompt').getByRole('textbox').press('Control+End')
      await page.keyboard.type('.pro')
      await expect(page.getByRole('option', { name: /^prompt/ })).toBeVisible()
    },
  },
  {
    name: 'the messages to the model',
    async show({ page, millrace, designer }) {
      await designer.open(await storeFlow(millrace, chatFlow('axe-messages')))
      await designer.select('chat')
      await page.getByRole('button', { name: 'Preview messages' }).click()
      await expect(page.getByRole('article')).toHaveCount(1)
    },
  },
  {
    name: 'the variables in scope',
    async show({ page, millrace, designer }) {
      await designer.open(await storeFlow(millrace, chatFlow('axe-variables')))
      await designer.select('yield')
      await designer.field('value').getByRole('button', { name: 'Insert value' }).click()
      await expect(page.getByRole('treeitem', { name: /^message / })).toBeVisible()
    },
  },
]

test.describe('axe finds nothing that keeps people out of', () => {
  for (const scene of scenes) {
    test(scene.name, async ({ page, millrace, designer }) => {
      await scene.show({ page, millrace, designer })
      await expectOpenToAll(page)
    })
  }

  test('a designer while a flow runs, and after it', async ({ page, millrace, designer }) => {
    const rest = Promise.withResolvers<void>()
    const pause = { afterTokens: 4, until: rest.promise }
    await using provider = await startFakeModelServer({
      models: { m: textAnswer('A **bold** answer with `code` and\n\n- a list', { pause }) },
    })
    await storeConnection(millrace, { id: 'axe', name: 'Axe', baseUrl: provider.url })
    const flow = chatFlow('axe-running', { chat: { connection: 'axe', modelId: 'm' } })
    await designer.open(await storeFlow(millrace, flow))
    await page.getByRole('button', { name: /^Events/ }).click()
    await designer.ask('How?')
    await expect(designer.card('chat')).toContainText('bold')
    await expectOpenToAll(page)
    rest.resolve()
    await expect(designer.runButton).toContainText('Run')
    await expectOpenToAll(page)
  })
})

test('a flow is made, wired, configured, run and stopped without a mouse', async ({
  page,
  millrace,
  designer,
}) => {
  const pause = { afterTokens: 3, until: new Promise(() => undefined) }
  await using provider = await startFakeModelServer({
    models: { m: textAnswer('One two three four', { pause }) },
  })
  await storeConnection(millrace, { id: 'keys', name: 'By keys', baseUrl: provider.url })
  const { keyboard } = page
  await page.goto(millrace.url)

  await test.step('make a flow', async () => {
    await reach(page.getByRole('button', { name: 'New flow', exact: true }))
    await keyboard.press('Enter')
    await reach(page.getByRole('radio', { name: /^RAG chat Answers/ }))
    // From the first to the last, which is empty.
    await keyboard.press('ArrowLeft')
    await reach(page.getByRole('textbox', { name: 'Name' }))
    await keyboard.type('Without a mouse')
    await keyboard.press('Enter')
    await expect(designer.flowName).toHaveText('Without a mouse')
  })

  await test.step('add nodes with N', async () => {
    const added = [
      ['trigger', 'Chat completion trigger'],
      ['streamingChatCompletion', 'Streaming chat completion'],
      ['yieldReturn', 'Yield return'],
    ] as const
    for (const [nodeId, title] of added) {
      await keyboard.press('n')
      await expect(page.getByRole('combobox', { name: 'Add a node' })).toBeFocused()
      await keyboard.type(title)
      await keyboard.press('Enter')
      await expect(designer.node(nodeId)).toBeFocused()
    }
  })

  await test.step('find each wired to the one before, and wire them otherwise with C', async () => {
    await expect(designer.edges).toHaveCount(2)
    for (const exit of ['continue', 'each']) {
      await reach(designer.node('streamingChatCompletion'), 'Shift+Tab')
      await keyboard.press('Space')
      await keyboard.press('c')
      await expect(page.getByRole('combobox', { name: 'Connect to' })).toBeFocused()
      await keyboard.type(`${exit} yield`)
      await keyboard.press('Enter')
      await expect(designer.node('streamingChatCompletion')).toBeFocused()
      const edge = new RegExp(`^Edge from Streaming .*${exit}.*, to Yield return$`, 'i')
      await expect(page.getByRole('group', { name: edge })).toHaveCount(1)
    }
    await expect(designer.edges).toHaveCount(2)
  })

  await test.step('set properties, led by the problems of the nodes', async () => {
    await reach(designer.problems('streamingChatCompletion'))
    await keyboard.press('Enter')
    const connection = designer.field('connection').getByRole('combobox')
    await expect(connection).toBeFocused()
    await keyboard.press('Enter')
    // The list takes the keys as soon as it has the focus.
    await expect(page.getByRole('option', { name: /^By keys/ })).toBeVisible()
    await expect(connection).not.toBeFocused()
    await keyboard.type('By keys')
    await keyboard.press('Enter')
    await expect(connection).toContainText('By keys')
    await reach(designer.field('modelId').getByRole('textbox'))
    await keyboard.type('m')
    await reach(designer.field('userPrompt').getByRole('textbox'))
    await insertVariable(page, 'prompt')
    await expect(designer.problems('streamingChatCompletion')).toBeHidden()
    await reach(designer.problems('yieldReturn'), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(designer.field('value').getByRole('textbox')).toBeFocused()
    await insertVariable(page, 'content')
    await expect(designer.problemCount).toContainText('none')
  })

  await test.step('run and stop', async () => {
    await keyboard.press('Control+Enter')
    await expect(designer.message).toBeFocused()
    await keyboard.type('Count')
    await keyboard.press('Enter')
    await expect(designer.conversation).toContainText('One two three')
    await keyboard.press('Control+Enter')
    await expect(designer.conversation).toContainText('Stopped.')
    await expect(designer.runButton).toContainText('Run')
  })
})

test('who wants less motion sees none while a flow runs', async ({ page, millrace, designer }) => {
  const pause = { afterTokens: 2, until: new Promise(() => undefined) }
  await using provider = await startFakeModelServer({
    models: { m: textAnswer('One two three', { pause }) },
  })
  await storeConnection(millrace, { id: 'calm', name: 'Calm', baseUrl: provider.url })
  const flow = chatFlow('calm', { chat: { connection: 'calm', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.ask('Count')
  await expect(designer.card('chat')).toContainText('One two')
  await expect.poll(() => movingParts(page)).toBe(0)

  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect.poll(() => movingParts(page)).toBeGreaterThan(0)
})

/** A flow of one node that asks a database, selected. */
async function showDatabaseNode(
  millrace: MillraceServer,
  designer: Designer,
  id: string,
  node: Omit<FlowNode, 'id'>,
): Promise<void> {
  const flow = { ...emptyFlow(id, id), nodes: [{ id: 'ask', ...node }] }
  await designer.open(await storeFlow(millrace, flow))
  await designer.select('ask')
}

/** In both themes, as they stand. */
async function expectOpenToAll(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findViolations(page), colorScheme).toEqual([])
  }
}

/** Presses Tab until the focus is there. */
async function reach(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 100; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await target.page().keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

async function insertVariable(page: Page, name: string): Promise<void> {
  const { keyboard } = page
  await keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Search variables' })).toBeFocused()
  await keyboard.type(name)
  await keyboard.press('Enter')
}

/** How much moves at this moment: running animations, and dots that travel along edges. */
function movingParts(page: Page): Promise<number> {
  return page.evaluate(() => {
    const running = document.getAnimations().filter(({ playState }) => playState === 'running')
    const dots = [...document.querySelectorAll('animateMotion')].filter(
      ({ parentElement }) => parentElement?.checkVisibility() === true,
    )
    return running.length + dots.length
  })
}
