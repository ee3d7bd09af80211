import { emptyFlow, type Flow, type RunEvent } from '@millrace/flow'
import type { Page } from '@playwright/test'
import { sampleRun } from './sample-run.ts'
import type { Scene } from './scenes.ts'

/** What the inspector shows of runs: loops in loops, tables, calls, times, and what is not there. */

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never

const people: Flow = {
  ...emptyFlow('people', 'Letters to people'),
  variables: [{ name: 'countries', type: 'list', value: [] }],
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'country',
      type: 'flow.forEach',
      title: 'For each country',
      properties: { items: { $ref: 'countries' }, loopVariable: 'country' },
    },
    {
      id: 'person',
      type: 'flow.forEach',
      title: 'For each person in this country',
      properties: { items: { $ref: 'country.people' }, loopVariable: 'person' },
    },
    {
      id: 'letter',
      type: 'openai.chatCompletion',
      title: 'Write a letter',
      properties: {
        connection: 'demo',
        modelId: 'demo',
        userPrompt: { $ref: 'person.name' },
        resultVariable: 'letter',
      },
    },
    { id: 'send', type: 'flow.yieldReturn', properties: { value: { $ref: 'letter' } } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'country' },
    { from: ['country', 'forEachItem'], to: 'person' },
    { from: ['person', 'forEachItem'], to: 'letter' },
    { from: ['letter', 'next'], to: 'send' },
  ],
  layout: {
    nodes: {
      trigger: [0, 0],
      country: [352, 0],
      person: [704, 0],
      letter: [1056, 0],
      send: [1408, 0],
    },
  },
}

const firstNames = ['Pernille', 'Anouk', 'Jens', 'Søren', 'Fatima', 'Zoë'] as const
const lastNames = ['Theodorsen', 'Visser', 'Madsen', 'Kierkegaard', 'al-Zahra', null] as const

function personOf(country: string, index: number) {
  return {
    name: firstNames[index % firstNames.length] ?? '',
    lastName: lastNames[index % lastNames.length] ?? null,
    age: 53 + ((index * 7) % 30),
    country,
    address: { street: 'Møllestrædet', number: index + 1 },
    isCustomer: index % 2 === 0,
    remark: 'Asked for the price list twice, and wants it by post, not by mail.',
  }
}

const countries = ['Danmark', 'Nederland', 'Norge'].map((name) => ({
  name,
  people: [0, 1, 2, 3].map((index) => personOf(name, index)),
}))

/** A run of the letters, in which the letter before the last one fails. */
function peopleRun(trace: 'full' | 'summary'): readonly RunEvent[] {
  const start = Date.now() - 9000
  const events: (Draft & { readonly at: number })[] = []
  let at = start
  let count = 4
  const add = (draft: Draft, later = 1) => {
    at += later
    events.push({ ...draft, at })
  }
  const isFull = trace === 'full'
  add({ type: 'run-start', runId: 'run-1', flowId: 'people', document: 'hash', trace, input: {} })
  add({ type: 'node-start', visit: 1, nodeId: 'trigger' })
  add({ type: 'node-end', visit: 1 })
  add({ type: 'node-start', visit: 2, nodeId: 'country' })
  if (isFull) add({ type: 'node-input', visit: 2, values: { items: countries } })
  for (const [round, country] of (isFull ? countries : []).entries()) {
    const loop = (count += 1)
    const enters = { parent: 2, port: 'forEachItem', iteration: round + 1 } as const
    add({ type: 'node-start', visit: loop, nodeId: 'person', ...enters, entered: { country } })
    add({ type: 'node-input', visit: loop, values: { items: country.people } })
    for (const [index, person] of country.people.entries()) {
      const visit = (count += 1)
      const isLast = round === 2 && index === 2
      add({
        type: 'node-start',
        visit,
        nodeId: 'letter',
        parent: loop,
        port: 'forEachItem',
        iteration: index + 1,
        entered: { person },
      })
      add({
        type: 'node-input',
        visit,
        values: { connection: 'demo', modelId: 'demo', userPrompt: person.name },
      })
      const request = {
        model: 'gpt-5-mini',
        messages: [
          {
            role: 'system',
            content: 'Write a short, friendly letter in the language of the country.',
          },
          { role: 'user', content: `Write to ${person.name} in ${country.name}.` },
        ],
        temperature: 0.7,
        max_completion_tokens: 400,
      }
      const call = { type: 'node-call', visit, kind: 'model', request } as const
      if (round === 1 && index === 1) {
        add({ ...call, attempt: 1, startedAt: at, ms: 90, usage: null }, 90)
        add({ type: 'node-log', visit, level: 'warning', message: 'The model was busy (429).' })
        at += 480
      }
      const attempt = round === 1 && index === 1 ? 2 : 1
      if (isLast) {
        add({ ...call, attempt, startedAt: at, ms: 200, usage: null }, 200)
        const error = {
          code: 'provider_unauthorized',
          message:
            '"OpenAI" refused the API key (401). Check the key of the connection, and what it may use.',
          retryable: false,
          nodeId: 'letter',
          property: 'connection',
        } as const
        for (const failed of [visit, loop, 2]) add({ type: 'node-error', visit: failed, error })
        add({ type: 'run-end', outcome: 'failed', error })
        return events.map((event, seq) => ({ ...event, seq: seq + 1 }) as RunEvent) // a draft with its number
      }
      const ms = 340 + ((index * 97) % 260)
      add(
        {
          ...call,
          attempt,
          startedAt: at,
          firstByteMs: 120 + index * 30,
          ms,
          usage: { inputTokens: 48, outputTokens: 61, totalTokens: 109 },
          model: 'gpt-5-mini-2026-03-11',
          finishReason: 'stop',
        },
        ms,
      )
      const content = `Kære ${person.name},\n\n**Tak** for din henvendelse.\n\n- Prislisten er vedlagt.\n- Vi ses!\n`
      add({ type: 'node-end', visit, outputs: { letter: { content, usage: null } } })
      const sent = (count += 1)
      const sends = { parent: loop, port: 'forEachItem', iteration: index + 1 } as const
      add({ type: 'node-start', visit: sent, nodeId: 'send', ...sends })
      add({ type: 'node-input', visit: sent, values: { value: content } })
      add({ type: 'run-yield', visit: sent, value: content })
      add({ type: 'node-end', visit: sent })
    }
    add({ type: 'node-end', visit: loop }, 3)
  }
  add({ type: 'node-end', visit: 2 })
  add({ type: 'run-end', outcome: 'completed', result: null })
  return events.map((event, seq) => ({ ...event, seq: seq + 1 }) as RunEvent) // a draft with its number
}

/** 10,000 rows of 30 columns, a long text and a deep tree, as the items of a loop. */
function hugeRun(): readonly RunEvent[] {
  const items = Array.from({ length: 10_000 }, (_, row) =>
    Object.fromEntries(
      Array.from({ length: 30 }, (__, column) => [
        column === 3 ? 'a_rather_long_name_of_a_column_from_a_view' : `column_${column + 1}`,
        column % 4 === 0 ? row * column : column % 7 === 3 ? null : `cell ${row}.${column}`,
      ]),
    ),
  )
  const drafts: readonly Draft[] = [
    { type: 'run-start', runId: 'run-1', flowId: 'people', document: 'hash', trace: 'full' },
    { type: 'node-start', visit: 1, nodeId: 'trigger' },
    { type: 'node-end', visit: 1 },
    { type: 'node-start', visit: 2, nodeId: 'country' },
    { type: 'node-input', visit: 2, values: { items } },
  ]
  return drafts.map((draft, seq) => ({ ...draft, seq: seq + 1, at: Date.now() }) as RunEvent) // a draft with its number
}

const peopleAt = '/flows/people?run'

export const inspectScenes: readonly Scene[] = [
  scene('inspect-empty', 'full', async (page) => {
    await page.getByRole('button', { name: 'Inspect', exact: true }).click()
  }),
  scene('inspect-table', 'full', async (page) => {
    await inspect(page, 'person')
    await port(page, /^Items/)
  }),
  scene('inspect-table-filtered', 'full', async (page) => {
    await inspect(page, 'person')
    await port(page, /^Items/)
    await page.getByRole('button', { name: 'Sort by age' }).click()
    await page.getByRole('searchbox', { name: 'Filter name' }).fill('e')
    await page.getByRole('gridcell', { name: 'Pernille' }).click()
  }),
  scene('inspect-iterations', 'full', async (page) => {
    await inspect(page, 'person')
    await port(page, /^person/)
  }),
  scene('inspect-error', 'full', async (page) => {
    await inspect(page, 'letter')
  }),
  scene('inspect-calls', 'full', async (page) => {
    await inspect(page, 'letter')
    await page.getByRole('listbox', { name: 'Visits' }).press('Home')
    await port(page, /^Model calls/)
  }),
  scene('inspect-calls-retried', 'full', async (page) => {
    await inspect(page, 'letter')
    await page.getByRole('option', { name: /^2 Completed 1\.0/ }).click()
    await port(page, /^Model calls/)
  }),
  scene('inspect-markdown', 'full', async (page) => {
    await inspect(page, 'send')
    await port(page, /^Value/)
    await page.getByRole('radio', { name: 'Markdown' }).click()
  }),
  scene('inspect-tree', 'full', async (page) => {
    await inspect(page, 'country')
    await port(page, /^Items/)
    await page.getByRole('radio', { name: 'Tree' }).click()
    await page.getByRole('searchbox', { name: 'Search in the value' }).fill('visser')
    await page.keyboard.press('Enter')
  }),
  scene('inspect-visit-times', 'full', async (page) => {
    await inspect(page, 'country')
    await port(page, /^Times/)
  }),
  scene('inspect-time-line', 'full', async (page) => {
    await inspect(page, 'country')
    await page.getByRole('tab', { name: 'Time line' }).click()
  }),
  scene('inspect-not-recorded', 'summary', async (page) => {
    await inspect(page, 'country')
    await port(page, /^Items/)
  }),
  scene('inspect-not-reached', 'summary', async (page) => {
    await page.getByRole('button', { name: 'Inspect', exact: true }).click()
    await select(page, 'letter')
  }),
  scene('inspect-maximised', 'full', async (page) => {
    await inspect(page, 'person')
    await port(page, /^Items/)
    await page.getByRole('button', { name: 'Maximise' }).click()
  }),
  {
    name: 'inspect-huge',
    path: peopleAt,
    server: { flows: [people], events: hugeRun() },
    act: async (page) => {
      await inspect(page, 'country')
      await port(page, /^Items/)
      await page.getByRole('gridcell').first().click()
      await page.keyboard.press('End')
      for (let step = 0; step < 30; step += 1) await page.keyboard.press('PageDown')
    },
  },
  {
    name: 'inspect-stream',
    path: '/flows/example-chat?run',
    server: { events: sampleRun('streaming') },
    act: async (page) => {
      await inspect(page, 'chat')
      await port(page, /^Streamed text/)
    },
  },
]

function scene(name: string, trace: 'full' | 'summary', act: Scene['act']): Scene {
  const server = { flows: [people], events: peopleRun(trace) }
  return { name, path: peopleAt, server, ...(act === undefined ? {} : { act }) }
}

async function inspect(page: Page, nodeId: string): Promise<void> {
  const node = page.locator(`.react-flow__node[data-id="${nodeId}"]`)
  await node.getByTestId('node-status').waitFor()
  await select(page, nodeId)
  await page.keyboard.press('i')
  await page.getByRole('listbox', { name: 'Ports' }).waitFor()
}

async function select(page: Page, nodeId: string): Promise<void> {
  // The chat takes the focus when it opens with the run.
  await page.getByTestId('answer').last().waitFor()
  await page.locator(`.react-flow__node[data-id="${nodeId}"]`).focus()
  await page.keyboard.press('Space')
}

async function port(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('listbox', { name: 'Ports' }).getByRole('option', { name }).click()
}
