import type { Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { ragChatExample, streamingChatExample } from '@millrace/nodes'
import { commandScenes } from './command-scenes.ts'
import { againScenes } from './again-scenes.ts'
import { apiScenes } from './api-scenes.ts'
import { arrangeScenes } from './arrange-scenes.ts'
import { controlScenes } from './control-scenes.ts'
import { dice, rollDice } from './third-party-node.ts'
import { databaseScenes } from './database-scenes.ts'
import type { FakeServer } from './fake-api.ts'
import { flowScenes } from './flow-scenes.ts'
import { functionScenes } from './function-scenes.ts'
import { httpScenes } from './http-scenes.ts'
import { inspectScenes } from './inspect-scenes.ts'
import { keyScenes } from './key-scenes.ts'
import { largeScenes } from './large-scenes.ts'
import { lookScenes } from './look-scenes.ts'
import { outlineScenes } from './outline-scenes.ts'
import { panelScenes } from './panel-scenes.ts'
import { runsScenes } from './runs-scenes.ts'
import { priceScenes } from './price-scenes.ts'
import { publishScenes } from './publish-scenes.ts'
import { shareScenes } from './share-scenes.ts'
import { sampleRun, type Moment } from './sample-run.ts'
import { runScenes } from './run-scenes.ts'
import { testScenes } from './test-scenes.ts'
import { triggerScenes } from './trigger-scenes.ts'
import { versionScenes } from './version-scenes.ts'
import { wireScenes } from './wire-scenes.ts'

/** One picture: where, on which server, and what was done before it. */
export interface Scene {
  readonly name: string
  readonly path: string
  readonly server?: Partial<FakeServer>
  readonly storage?: Readonly<Record<string, string>>
  readonly act?: (page: Page, server: FakeServer) => Promise<void>
  /** The scene breaks something on purpose, which the browser reports on its console. */
  readonly isNoisy?: boolean
}

const example = {
  ...streamingChatExample('example-chat', 'Streaming chat'),
  name: 'Streaming chat',
}

const broken: Flow = {
  ...streamingChatExample('support', 'Support assistant with a name that is rather long for a bar'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      title: 'Answer the customer',
      properties: { connection: 'gone', userPrompt: { $ref: 'request.prompt' } },
    },
    { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message' } } },
    { id: 'lonely', type: 'flow.log', properties: {} },
  ],
  layout: {
    nodes: { trigger: [0, 0], chat: [352, 0], yield: [704, 0], lonely: [704, 200] },
  },
}

const wholeAnswer: Flow = {
  ...emptyFlow('whole-answer', 'Summaries'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'chat',
      type: 'openai.chatCompletion',
      properties: {
        connection: 'demo',
        modelId: 'demo',
        systemPrompt: 'Summarise in one sentence.',
        userPrompt: { $ref: 'chatCompletionRequest.prompt' },
      },
    },
    { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.content' } } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'chat' },
    { from: ['chat', 'next'], to: 'end' },
  ],
  layout: { nodes: { trigger: [0, 0], chat: [352, 0], end: [704, 0] } },
}

/** A server that is lost once the page knows its nodes. */
const goneAfterStart: Partial<FakeServer> = {
  answer: (_, path) => (path === '/nodes' ? undefined : 'gone'),
}

/** The flows of the server in most pictures. */
export const sampleFlows: readonly Flow[] = [
  ragChatExample('example-rag-chat', 'Example: RAG chat'),
  example,
  broken,
  emptyFlow('scratch', 'Scratch'),
  streamingChatExample('docs-helper', 'Docs helper'),
]

/** Two flows on one connection, as others build on a key of the team. */
const usingOpenAi: readonly Flow[] = [
  { ...streamingChatExample('letters', 'Letters to customers'), nodes: onConnection('openai') },
  { ...streamingChatExample('minutes', 'Minutes of meetings'), nodes: onConnection('openai') },
]

function onConnection(connection: string): Flow['nodes'] {
  return example.nodes.map((node) =>
    node.properties?.['connection'] === undefined
      ? node
      : { ...node, properties: { ...node.properties, connection } },
  )
}

/** The connections of the server in most pictures. */
export const sampleConnections = [
  {
    id: 'demo',
    kind: 'demo',
    name: 'Demo model (not an AI)',
    fields: {},
    builtIn: true,
    revision: 0,
  },
  {
    id: 'embedded-postgres',
    kind: 'embedded-postgres',
    name: 'Embedded PostgreSQL',
    fields: {},
    builtIn: true,
    revision: 0,
  },
  {
    id: 'openai',
    kind: 'openai',
    name: 'OpenAI',
    fields: { apiKey: { set: true }, baseUrl: 'https://api.openai.com/v1' },
    revision: 2,
  },
  {
    id: 'ollama',
    kind: 'openai',
    name: 'Ollama on my machine',
    fields: {
      baseUrl: 'http://localhost:11434/v1',
      headers: { 'X-Team': 'blue', 'x-gateway-key': { set: true } },
    },
    locked: true,
    revision: 1,
  },
]

const exampleAt = '/flows/example-chat'

async function clickNode(page: Page, id: string): Promise<void> {
  // In a small window what is at the right lies over the cards.
  if ((page.viewportSize()?.width ?? 0) < 900) {
    for (const name of ['Close the preview', 'Close properties']) {
      const close = page.getByRole('button', { name })
      if (await close.isVisible()) await close.click()
    }
  }
  await page.locator(`.react-flow__node[data-id="${id}"]`).click({ position: { x: 100, y: 20 } })
}

/** Every screen and state, in the order in which a person would meet them. */
export const scenes: readonly Scene[] = [
  { name: 'flows', path: '/' },
  {
    name: 'flows-loading',
    path: '/',
    server: { answer: (_, path) => (path === '/flows' ? 'never' : undefined) },
  },
  { name: 'flows-empty', path: '/', server: { flows: [] } },
  {
    name: 'flows-no-hits',
    path: '/',
    act: (page) => page.getByRole('searchbox').fill('rocket'),
  },
  { name: 'start-loading', path: '/', server: { answer: () => 'never' } },
  { name: 'start-offline', path: '/', server: { isUp: false }, isNoisy: true },
  { name: 'flows-offline', path: '/', server: goneAfterStart, isNoisy: true },
  {
    name: 'flows-new',
    path: '/',
    act: (page) => page.getByRole('button', { name: 'New flow' }).click(),
  },
  {
    name: 'flows-menu',
    path: '/',
    act: (page) => page.getByRole('button', { name: 'More for Docs helper' }).click(),
  },
  {
    name: 'flows-deleted',
    path: '/',
    async act(page) {
      await page.getByRole('button', { name: 'More for Docs helper' }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await page.getByText('is deleted').waitFor()
    },
  },
  {
    name: 'import',
    path: '/',
    act: (page) => page.getByRole('button', { name: 'Import' }).click(),
  },
  {
    name: 'import-review',
    path: '/',
    async act(page) {
      await page.getByRole('button', { name: 'Import' }).click()
      await page.getByRole('textbox', { name: 'Or paste its text' }).fill(JSON.stringify(broken))
    },
  },
  {
    name: 'import-malformed',
    path: '/',
    async act(page) {
      await page.getByRole('button', { name: 'Import' }).click()
      const wrong = { ...example, id: 'A B', name: '', nodes: [{ id: '1', type: 'x', extra: 1 }] }
      await page.getByRole('textbox', { name: 'Or paste its text' }).fill(JSON.stringify(wrong))
    },
  },
  { name: 'designer-example', path: '/flows/example-rag-chat' },
  { name: 'connections', path: '/connections' },
  {
    name: 'connections-only-demo',
    path: '/connections',
    server: { connections: sampleConnections.slice(0, 1) },
  },
  {
    name: 'connections-tested',
    path: '/connections',
    async act(page) {
      await page.getByRole('button', { name: 'Test OpenAI' }).click()
      await page.getByText('5 models').click()
      await page.getByText('text-embedding').waitFor()
    },
  },
  {
    name: 'connections-test-fails',
    path: '/connections',
    server: {
      answer: (_, path) =>
        path.endsWith('/test')
          ? {
              status: 200,
              body: {
                ok: false,
                message:
                  '"OpenAI" refused the API key (401). Check the key of the connection, and what it may use.',
                details: { summary: 'The API key was refused', code: 'provider_unauthorized' },
              },
            }
          : undefined,
    },
    async act(page) {
      await page.getByRole('button', { name: 'Test OpenAI' }).click()
      await page.getByText('was refused').first().waitFor()
    },
  },
  {
    name: 'connections-many',
    path: '/connections',
    server: {
      flows: [example, ...usingOpenAi],
      connections: [
        ...sampleConnections,
        ...['Azure, west', 'Azure, north', 'Gateway', 'vLLM in the cellar'].map((name, index) => ({
          id: `more-${index}`,
          kind: 'openai',
          name,
          fields: { baseUrl: `https://models-${index}.example/openai/v1/` },
          revision: 1,
        })),
      ],
    },
    act: (page) => page.getByText('Used by 2 flows').click(),
  },
  {
    name: 'connections-no-hits',
    path: '/connections',
    server: { connections: [...sampleConnections, ...sampleConnections].map(withOwnId) },
    act: (page) => page.getByRole('searchbox').fill('rocket'),
  },
  { name: 'connections-offline', path: '/connections', server: goneAfterStart, isNoisy: true },
  {
    name: 'connections-loading',
    path: '/connections',
    server: { answer: (_, path) => (path === '/connections' ? 'never' : undefined) },
  },
  {
    name: 'connections-menu',
    path: '/connections',
    act: (page) => page.getByRole('button', { name: 'More for OpenAI' }).click(),
  },
  {
    name: 'connection-new',
    path: '/connections',
    act: (page) => page.getByRole('button', { name: 'New connection' }).click(),
  },
  {
    name: 'connection-new-azure',
    path: '/connections',
    async act(page) {
      await page.getByRole('button', { name: 'New connection' }).click()
      await page.getByRole('button', { name: 'Azure OpenAI' }).click()
      await page.getByRole('button', { name: 'Test', exact: true }).click()
    },
  },
  {
    name: 'connection-new-tested',
    path: '/connections',
    async act(page) {
      await page.getByRole('button', { name: 'New connection' }).click()
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByText('It works').waitFor()
    },
  },
  {
    name: 'connection-test-path',
    path: '/connections',
    server: {
      answer: (_, path) =>
        path === '/connections/test'
          ? {
              status: 200,
              body: {
                ok: false,
                message:
                  'There is no list of models at http://localhost:11434, but there is one at http://localhost:11434/v1. Put http://localhost:11434/v1 into the base URL of "Ollama".',
                details: {
                  summary: 'The base URL lacks /v1',
                  code: 'provider_failed',
                  suggestion: { field: 'baseUrl', value: 'http://localhost:11434/v1' },
                },
              },
            }
          : undefined,
    },
    async act(page) {
      await page.getByRole('button', { name: 'New connection' }).click()
      await page.getByRole('textbox', { name: 'Base URL' }).fill('http://localhost:11434')
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByText('lacks /v1').waitFor()
    },
  },
  {
    name: 'connection-edit',
    path: '/connections',
    async act(page) {
      await page.getByRole('button', { name: 'Edit OpenAI' }).click()
      await page.getByRole('button', { name: 'Ollama', exact: true }).click()
    },
  },
  {
    name: 'connection-edit-locked',
    path: '/connections',
    async act(page) {
      await page.getByRole('button', { name: 'Edit Ollama' }).click()
      await page.getByRole('button', { name: 'Add a header' }).click()
      await page.getByRole('textbox', { name: 'Name of header 3' }).fill('X-Trace')
    },
  },
  {
    name: 'connection-errors',
    path: '/connections',
    async act(page) {
      await page.getByRole('button', { name: 'New connection' }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('')
      await page.getByRole('textbox', { name: 'Base URL' }).fill('localhost:11434')
      await page.getByRole('button', { name: 'Create' }).click()
    },
  },
  {
    name: 'connection-delete',
    path: '/connections',
    server: { flows: [example, ...usingOpenAi] },
    async act(page) {
      await page.getByRole('button', { name: 'More for OpenAI' }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await page.getByText('These 2 flows').waitFor()
    },
  },
  {
    name: 'picker-tested',
    path: '/flows/letters',
    server: { flows: usingOpenAi },
    async act(page) {
      await clickNode(page, 'chat')
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByText('It works').waitFor()
    },
  },
  {
    name: 'picker-locked',
    path: '/flows/locked',
    server: {
      flows: [{ ...streamingChatExample('locked', 'Locked'), nodes: onConnection('ollama') }],
    },
    act: (page) => clickNode(page, 'chat'),
  },
  {
    name: 'picker-missing',
    path: '/flows/missing',
    server: {
      flows: [{ ...streamingChatExample('missing', 'Missing'), nodes: onConnection('team-key') }],
    },
    act: (page) => clickNode(page, 'chat'),
  },
  { name: 'designer', path: exampleAt },
  {
    name: 'designer-loading',
    path: exampleAt,
    server: { answer: (_, path) => (path === '/flows/example-chat' ? 'never' : undefined) },
  },
  { name: 'designer-missing', path: '/flows/nowhere', isNoisy: true },
  {
    name: 'designer-newer',
    path: exampleAt,
    server: {
      answer: (_, path) =>
        path === '/flows/example-chat'
          ? { status: 200, body: { ...example, version: 7 }, revision: '1' }
          : undefined,
    },
  },
  { name: 'designer-gone', path: exampleAt, server: goneAfterStart, isNoisy: true },
  { name: 'designer-empty', path: '/flows/scratch' },
  {
    name: 'third-party-node',
    path: '/flows/dice',
    server: { flows: [dice], nodes: [rollDice] },
    act: (page) => clickNode(page, 'roll'),
  },
  {
    name: 'third-party-palette',
    path: '/flows/dice',
    server: { flows: [dice], nodes: [rollDice] },
    async act(page) {
      await page.getByRole('button', { name: 'Add node' }).click()
      await page.getByRole('combobox', { name: 'Add a node' }).fill('dice')
    },
  },
  {
    name: 'designer-selected',
    path: exampleAt,
    act: (page) => clickNode(page, 'chat'),
  },
  {
    name: 'designer-whole-answer',
    path: '/flows/whole-answer',
    server: { flows: [wholeAnswer] },
    act: (page) => clickNode(page, 'chat'),
  },
  {
    name: 'designer-add-node',
    path: exampleAt,
    act: (page) => page.getByRole('button', { name: 'Add node' }).click(),
  },
  {
    name: 'designer-problems',
    path: '/flows/support',
    async act(page) {
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await clickNode(page, 'chat')
    },
  },
  {
    name: 'designer-rename',
    path: exampleAt,
    act: (page) =>
      page.getByRole('heading', { name: 'Streaming chat' }).getByRole('button').click(),
  },
  {
    name: 'designer-menu',
    path: exampleAt,
    act: (page) => page.getByRole('button', { name: 'More', exact: true }).click(),
  },
  {
    name: 'designer-help',
    path: exampleAt,
    act: (page) => page.keyboard.press('?'),
  },
  {
    name: 'designer-chat',
    path: exampleAt,
    act: (page) => page.getByRole('button', { name: 'Chat preview' }).click(),
  },
  { name: 'run-streaming', path: `${exampleAt}?run`, server: { events: sampleRun('streaming') } },
  {
    name: 'run-completed',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await page.getByTestId('answer').waitFor()
      await clickNode(page, 'chat')
      await page.getByRole('button', { name: /^Events/ }).click()
    },
  },
  {
    name: 'run-failed',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('failed') },
  },
  {
    name: 'panel-expression-completion',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await writeExpression(page, 'System prompt', 'chatCompletionRequest.prompt.s')
      await page.getByRole('option', { name: /^startsWith/ }).waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'panel-expression-problem',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await writeExpression(page, 'System prompt', '"Be brief. " + chatCompletionRequest.promt')
      await page.keyboard.press('Escape')
      await page.getByText('there is no "promt"', { exact: false }).first().waitFor()
    },
  },
  {
    name: 'panel-expression-result',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await writeExpression(
        page,
        'System prompt',
        'chatCompletionRequest.history.size() > 1 ? "Go on." : "Greet first."',
      )
      await page.getByTitle(/^With the values of the last run/).waitFor()
    },
  },
  {
    name: 'panel-template',
    path: exampleAt,
    act: (page) => openLarge(page, 'promptTemplate'),
  },
  {
    name: 'panel-template-run',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await openLarge(page, 'promptTemplate')
      await page.getByRole('button', { name: 'Start from it' }).click()
      await page.keyboard.type('\n\nIn the words of @@contxt, and for @@audience. @@')
      await page.getByRole('option', { name: /^@@context/ }).waitFor()
    },
  },
  {
    name: 'panel-template-discard',
    path: exampleAt,
    async act(page) {
      await openLarge(page, 'promptTemplate')
      await page.keyboard.type('Answer briefly.')
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await page.getByRole('button', { name: 'Keep editing' }).waitFor()
    },
  },
  {
    name: 'panel-messages',
    path: exampleAt,
    async act(page) {
      await clickNode(page, 'chat')
      await page.getByRole('button', { name: 'Preview messages' }).click()
    },
  },
  {
    name: 'panel-messages-run',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await clickNode(page, 'chat')
      await page.getByRole('button', { name: 'Preview messages' }).click()
    },
  },
  {
    name: 'panel-variables',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await clickNode(page, 'chat')
      await page
        .locator('[data-property="context"]')
        .getByRole('button', { name: 'Context' })
        .click()
      await page.getByRole('combobox', { name: 'Search variables' }).press('ArrowRight')
    },
  },
  {
    name: 'panel-variables-misfit',
    path: `${exampleAt}?run`,
    server: { events: sampleRun('completed') },
    async act(page) {
      await clickNode(page, 'chat')
      const field = page.locator('[data-property="temperature"]')
      await field.hover()
      await field.getByRole('button', { name: 'Variable' }).click()
      await field.getByRole('button', { name: 'Temperature' }).click()
      await page.getByRole('combobox', { name: 'Search variables' }).press('ArrowUp')
    },
  },
  {
    name: 'panel-models-fail',
    path: exampleAt,
    isNoisy: true,
    server: {
      answer: (_, path) =>
        path.endsWith('/models')
          ? {
              status: 502,
              body: {
                error: {
                  code: 'provider_unauthorized',
                  message:
                    'The API key of "OpenAI" was refused (401). Enter a valid key in the connection and try again.',
                  requestId: 'shot',
                },
              },
            }
          : undefined,
    },
    async act(page) {
      await clickNode(page, 'chat')
      await page.getByText('could not be listed').first().waitFor()
      await page.getByRole('button', { name: 'Show models' }).click()
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'panel-models',
    path: exampleAt,
    async act(page) {
      await clickNode(page, 'chat')
      await page.getByRole('button', { name: 'Show models' }).click()
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'panel-hints',
    path: exampleAt,
    async act(page) {
      await clickNode(page, 'chat')
      await page.getByRole('textbox', { name: 'Model id' }).fill('gpt-6')
      await page.getByRole('spinbutton', { name: 'Temperature' }).fill('2,5')
      await page.getByRole('spinbutton', { name: 'Max completion tokens' }).fill('many')
      await page.getByRole('textbox', { name: 'Stream variable name' }).fill('my message')
      await page.getByRole('textbox', { name: 'Stream variable name' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'panel-name-cleared',
    path: exampleAt,
    async act(page) {
      await clickNode(page, 'chat')
      const name = page.getByRole('textbox', { name: 'Stream variable name' })
      await name.fill('')
      await name.press('Enter')
      await page.getByText('There is no “message” any more.').waitFor()
    },
  },
  {
    name: 'panel-large-text',
    path: exampleAt,
    act: (page) => openLarge(page, 'systemPrompt'),
  },
  {
    name: 'chat-problems',
    path: '/flows/support',
    act: (page) => page.getByRole('button', { name: 'Chat preview' }).click(),
  },
  chatScene('chat-figures', 'completed', openFigures),
  chatScene('chat-retried', 'retried', openFigures),
  chatScene('chat-request', 'completed', async (page) => {
    await openFigures(page)
    await page.getByRole('button', { name: 'What the model got' }).click()
  }),
  chatScene('chat-values', 'values'),
  {
    ...chatScene('chat-narrow-dock', 'values', openFigures),
    storage: { 'millrace.panels': JSON.stringify({ propertiesWidth: 280, chatWidth: 280 }) },
  },
  chatScene('chat-status', 'status'),
  chatScene('chat-returned', 'returned'),
  chatScene('chat-refused', 'refused'),
  chatScene('chat-at-the-limit', 'at the limit'),
  chatScene('chat-limited', 'limited'),
  chatScene('chat-cut-off', 'cut off'),
  chatScene('chat-stopped', 'stopped'),
  chatScene('chat-stopping', 'streaming', (page) =>
    page.getByRole('button', { name: 'Stop', exact: true }).last().click(),
  ),
  chatScene('chat-edit', 'completed', async (page) => {
    await page.getByRole('button', { name: 'Edit and resend' }).click()
  }),
  chatScene('chat-many-turns', 'completed', async (page) => {
    for (const prompt of ['And how do I publish it?', 'x'.repeat(200)]) {
      await page.getByRole('textbox', { name: 'Message' }).fill(prompt)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Retry' }).waitFor()
    }
    await page.getByRole('region', { name: 'Conversation' }).hover()
    await page.mouse.wheel(0, -300)
    await page.getByRole('button', { name: 'Jump to the latest' }).waitFor()
    await page.getByRole('textbox', { name: 'Message' }).fill('One line\nand another\nand a third')
  }),
  chatScene('chat-earlier-events', 'completed', async (page) => {
    await page.getByRole('textbox', { name: 'Message' }).fill('And how do I publish it?')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Retry' }).waitFor()
    await page.getByRole('button', { name: 'Events of this run' }).first().click()
    await page.getByRole('region', { name: 'Shown run' }).waitFor()
  }),
  {
    name: 'save-conflict',
    path: exampleAt,
    isNoisy: true,
    server: {
      answer: (method, path) =>
        method === 'PUT' && path === '/flows/example-chat'
          ? {
              status: 409,
              body: {
                error: {
                  code: 'conflict',
                  message: 'The flow was saved by someone else.',
                  requestId: 'shot',
                  details: { currentRevision: 4 },
                },
              },
            }
          : undefined,
    },
    async act(page) {
      await rename(page, 'My chat')
      await page.keyboard.press('Control+s')
      await page.getByText('was changed elsewhere').waitFor()
      await page.getByText('Yours, compared').waitFor()
    },
  },
  {
    name: 'save-offline',
    path: exampleAt,
    isNoisy: true,
    async act(page, server) {
      await page.getByRole('heading', { level: 1 }).getByRole('button').waitFor()
      server.isUp = false
      await rename(page, 'My chat')
      await page.keyboard.press('Control+s')
      await page.getByText('does not answer').first().waitFor()
    },
  },
  {
    name: 'save-deleted',
    path: exampleAt,
    isNoisy: true,
    server: {
      answer: (method) =>
        method === 'PUT'
          ? { status: 404, body: { error: { code: 'not_found', message: 'There is no flow.' } } }
          : undefined,
    },
    async act(page) {
      await rename(page, 'My chat')
      await page.keyboard.press('Control+s')
      await page.getByText('was deleted elsewhere').waitFor()
    },
  },
  {
    name: 'draft-restored',
    path: exampleAt,
    storage: {
      'millrace.draft.example-chat': JSON.stringify({
        flow: { ...example, name: 'Half done' },
        revision: '1',
      }),
    },
  },
  { name: 'unknown-page', path: '/nowhere' },
  ...panelScenes,
  ...publishScenes,
  ...triggerScenes,
  ...shareScenes,
  ...priceScenes,
  ...databaseScenes,
  ...outlineScenes,
  ...largeScenes,
  ...lookScenes,
  ...inspectScenes,
  ...runScenes,
  ...runsScenes,
  ...testScenes,
  ...versionScenes,
  ...commandScenes,
  ...arrangeScenes,
  ...wireScenes,
  ...controlScenes,
  ...functionScenes,
  ...httpScenes,
  ...flowScenes,
  ...keyScenes,
  ...againScenes,
  ...apiScenes,
]

function withOwnId<T extends object>(connection: T, index: number): T & { readonly id: string } {
  return { ...connection, id: `copy-${index}` }
}

async function openLarge(page: Page, property: string): Promise<void> {
  await clickNode(page, 'chat')
  await page
    .locator(`[data-property="${property}"]`)
    .getByRole('button', { name: 'Open large editor' })
    .click()
  await page.getByRole('dialog').getByRole('textbox').click()
}

async function writeExpression(page: Page, label: string, source: string): Promise<void> {
  await clickNode(page, 'chat')
  const field = page.locator('[data-property]').filter({ hasText: label }).first()
  await field.hover()
  await field.getByRole('button', { name: 'Expression' }).click()
  const editor = field.getByRole('textbox', { name: label })
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(source)
}

/** The example after the chat has asked its first question. */
function chatScene(name: string, moment: Moment, act?: Scene['act']): Scene {
  return {
    name,
    path: `${exampleAt}?run`,
    server: { events: sampleRun(moment) },
    ...(act === undefined ? {} : { act }),
  }
}

async function openFigures(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Timing and usage/ }).click()
}

async function rename(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).getByRole('button').click()
  await page.getByRole('textbox', { name: 'Name of the flow' }).fill(name)
  await page.keyboard.press('Enter')
}
