import { emptyFlow, type Flow, type FlowNode, type RunEvent } from '@millrace/flow'
import { streamingChatExample } from '@millrace/nodes'
import type { Page } from '@playwright/test'
import type { Scene } from './scenes.ts'

/** What is hard on the eye: every state of a card at once, long and foreign names, many nodes. */

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never

const log = { message: 'Noted.' }
const model = { connection: 'demo', modelId: 'demo', userPrompt: 'Tell me about mills.' }

function answers(resultVariable: string) {
  return { ...model, resultVariable, streamVariable: `${resultVariable}Piece` }
}

function asks(responseVariable: string) {
  return { url: 'https://prices.example.com/today', responseVariable }
}

/** A card of each state, in a grid: the run goes from row to row. */
const stateNodes: readonly FlowNode[] = [
  { id: 'trigger', type: 'chat.trigger' },
  { id: 'done', type: 'flow.log', title: 'Completed', properties: log },
  { id: 'edited', type: 'flow.log', title: 'Edited since it ran', properties: log },
  { id: 'skipped', type: 'flow.log', title: 'Skipped', properties: log },
  { id: 'off', type: 'flow.log', title: 'Disabled', disabled: true, properties: log },
  { id: 'try', type: 'flow.tryCatch', properties: { exceptionVariable: 'exception' } },
  { id: 'caught', type: 'http.request', title: 'Caught', properties: asks('first') },
  { id: 'fails', type: 'http.request', title: 'Ask for prices', properties: asks('prices') },
  {
    id: 'broken',
    type: 'openai.streamingChatCompletion',
    title: 'Failed',
    properties: answers('one'),
  },
  { id: 'stopped', type: 'flow.log', title: 'Cancelled', properties: log },
  { id: 'streams', type: 'openai.streamingChatCompletion', properties: answers('two') },
  {
    id: 'waits',
    type: 'openai.chatCompletion',
    title: 'Not reached',
    properties: { ...model, resultVariable: 'three' },
  },
]

const states: Flow = {
  ...emptyFlow('states', 'Every state of a card'),
  nodes: stateNodes,
  edges: [
    { from: ['trigger', 'next'], to: 'done' },
    { from: ['done', 'next'], to: 'edited' },
    { from: ['edited', 'next'], to: 'skipped' },
    { from: ['skipped', 'next'], to: 'off' },
    { from: ['off', 'next'], to: 'try' },
    { from: ['try', 'try'], to: 'caught' },
    { from: ['try', 'continue'], to: 'fails' },
    { from: ['fails', 'continue'], to: 'broken' },
    { from: ['broken', 'continue'], to: 'stopped' },
    { from: ['stopped', 'next'], to: 'streams' },
    { from: ['streams', 'continue'], to: 'waits' },
  ],
  layout: {
    nodes: Object.fromEntries(
      stateNodes.map(({ id }, index) => [
        id,
        [(index % 4) * 336, Math.floor(index / 4) * 208 + (index >= 8 ? 40 : 0)] as const,
      ]),
    ),
  },
}

function ran(visit: number, nodeId: string): readonly Draft[] {
  return [
    { type: 'node-start', visit, nodeId },
    { type: 'node-end', visit },
  ]
}

const stateEvents: readonly Draft[] = [
  { type: 'run-start', runId: 'run-1', flowId: 'states', document: 'hash', trace: 'full' },
  ...ran(1, 'trigger'),
  ...ran(2, 'done'),
  ...ran(3, 'edited'),
  { type: 'node-start', visit: 4, nodeId: 'skipped' },
  { type: 'node-end', visit: 4, skipped: true },
  { type: 'node-start', visit: 5, nodeId: 'try' },
  { type: 'node-start', visit: 6, nodeId: 'caught', parent: 5, port: 'try' },
  {
    type: 'node-error',
    visit: 6,
    error: {
      code: 'provider_unreachable',
      message: '"Caught" cannot reach prices.example.com. Check its URL, and that it is up.',
      retryable: true,
      nodeId: 'caught',
      details: { host: 'prices.example.com' },
    },
  },
  { type: 'node-end', visit: 5 },
  { type: 'node-start', visit: 7, nodeId: 'fails' },
  {
    type: 'node-error',
    visit: 7,
    error: {
      code: 'provider_unreachable',
      message:
        '"Ask for prices" cannot reach prices.example.com. Check its URL, and that it is up.',
      retryable: true,
      nodeId: 'fails',
      details: { host: 'prices.example.com' },
    },
  },
  { type: 'node-start', visit: 8, nodeId: 'broken' },
  {
    type: 'node-error',
    visit: 8,
    error: {
      code: 'provider_unauthorized',
      message:
        '"OpenAI" refused the API key (401). Check the key of the connection, and what it may use.',
      retryable: false,
      nodeId: 'broken',
      property: 'connection',
    },
  },
  { type: 'node-start', visit: 9, nodeId: 'stopped' },
  {
    type: 'node-error',
    visit: 9,
    error: { code: 'cancelled', message: 'The run was stopped.', retryable: true },
  },
  { type: 'node-start', visit: 10, nodeId: 'streams' },
  ...'A mill race is the channel that leads water to a mill wheel and away from it again.'
    .split(' ')
    .map((word): Draft => ({ type: 'node-delta', visit: 10, delta: `${word} ` })),
]

const longTitles = [
  'Look for what the customer has asked us about in the last year',
  '回答客户关于水车和磨坊历史的所有问题并附上来源和图片',
  '👩🏽‍🔬🧪 Prüfe alle Überweisungen für die Donaudampfschifffahrt 🚢',
  'ابحث في الوثائق عن إجابة لسؤال العميل ثم لخصها باختصار',
]

const longNames: Flow = {
  ...emptyFlow(
    'long-names',
    'Antworten für die Kundschaft der Wassermühlen, 水车, طاحونة, all of it',
  ),
  variables: [
    {
      name: 'theNumberOfMessagesThatACustomerHasSentUsInThisConversation',
      type: 'number',
      value: 0,
    },
  ],
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    ...longTitles.map((title, index): FlowNode => ({
      id: `chat${index}`,
      type: 'openai.chatCompletion',
      title,
      properties: {
        connection: 'demo',
        modelId: 'demo',
        userPrompt: { $ref: 'chatCompletionRequest.prompt' },
        resultVariable: `theAnswerThatIsGivenToTheCustomerInTheEndAfterAll${index}`,
      },
    })),
  ],
  edges: ['trigger', 'chat0', 'chat1', 'chat2'].map((id, index) => ({
    from: [id, 'next'] as const,
    to: `chat${index}`,
  })),
  layout: {
    nodes: {
      trigger: [0, 0],
      chat0: [336, 0],
      chat1: [672, 0],
      chat2: [336, 280],
      chat3: [672, 280],
    },
  },
}

const many: Flow = {
  ...emptyFlow('many', 'Thirty nodes'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    ...Array.from({ length: 29 }, (_, index): FlowNode => {
      const isModel = index % 5 === 2
      return {
        id: `n${index}`,
        type: isModel ? 'openai.chatCompletion' : 'flow.log',
        title: isModel ? `Ask model ${index}` : `Note ${index}`,
        properties: isModel ? { ...model, resultVariable: `answer${index}` } : log,
      }
    }),
  ],
  edges: Array.from({ length: 29 }, (_, index) => ({
    from: [index === 0 ? 'trigger' : `n${index - 1}`, 'next'] as const,
    to: `n${index}`,
  })),
  layout: {
    nodes: Object.fromEntries(
      ['trigger', ...Array.from({ length: 29 }, (_, index) => `n${index}`)].map((id, index) => [
        id,
        [(index % 6) * 336, Math.floor(index / 6) * 272] as const,
      ]),
    ),
  },
}

export const lookScenes: readonly Scene[] = [
  {
    name: 'states',
    path: '/flows/states?run',
    server: { flows: [states], events: numbered(stateEvents) },
    async act(page) {
      await closePanels(page)
      await edit(page, 'edited')
      await page.getByRole('button', { name: 'Show the whole flow' }).click()
    },
  },
  {
    name: 'states-selected',
    path: '/flows/states?run',
    server: { flows: [states], events: numbered(stateEvents) },
    async act(page) {
      await closePanels(page)
      await page.getByRole('button', { name: 'Show the whole flow' }).click()
      await page.keyboard.press('Control+a')
    },
  },
  {
    name: 'outline-run',
    path: '/flows/states?run',
    server: { flows: [states], events: numbered(stateEvents) },
    act: (page) => page.getByRole('button', { name: 'Outline', exact: true }).click(),
  },
  {
    name: 'long-names',
    path: '/flows/long-names',
    server: { flows: [longNames] },
    act: (page) => card(page, 'chat2').click({ position: { x: 100, y: 20 } }),
  },
  {
    name: 'long-names-outline',
    path: '/flows/long-names',
    server: { flows: [longNames] },
    act: (page) => page.getByRole('button', { name: 'Outline', exact: true }).click(),
  },
  {
    name: 'long-names-flows',
    path: '/',
    server: {
      flows: longTitles.map((name, index) => ({
        ...streamingChatExample(`long-${index}`, name),
        name,
      })),
    },
  },
  { name: 'many-nodes', path: '/flows/many', server: { flows: [many] } },
  {
    name: 'many-nodes-fit',
    path: '/flows/many',
    server: { flows: [many] },
    act: (page) => page.getByRole('button', { name: 'Show the whole flow' }).click(),
  },
]

function card(page: Page, id: string) {
  return page.locator(`.react-flow__node[data-id="${id}"]`)
}

/** Room for the cards. */
async function closePanels(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Chat preview' }).click()
  await page.getByRole('button', { name: 'Properties' }).first().click()
}

async function edit(page: Page, id: string): Promise<void> {
  await page.getByRole('button', { name: 'Show the whole flow' }).click()
  await card(page, id).click({ position: { x: 100, y: 20 } })
  await page.getByRole('button', { name: 'Properties' }).first().click()
  await page.getByRole('textbox', { name: 'Message' }).fill('Noted again.')
  await page.getByRole('button', { name: 'Properties' }).first().click()
}

function numbered(drafts: readonly Draft[]): readonly RunEvent[] {
  const start = Date.now() - 2000
  return drafts.map((draft, index) => ({ ...draft, seq: index + 1, at: start + index * 9 }))
}
