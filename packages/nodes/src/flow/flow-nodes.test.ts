import { describe, expect, it } from 'vitest'
import { runNodes, yieldsOf } from '../testing/run-nodes.server.ts'

const trigger = { id: 'trigger', type: 'chat.trigger' }
const prompt = { $ref: 'chatCompletionRequest.prompt' }

function yieldNode(id: string, value: string | { readonly $ref: string }) {
  return { id, type: 'flow.yieldReturn', properties: { value } }
}

describe('flow.yieldReturn', () => {
  it('sends its value and goes on', async () => {
    const events = await runNodes({
      nodes: [trigger, yieldNode('first', prompt), yieldNode('second', 'bye')],
      edges: ['trigger.next > first', 'first.next > second'],
      input: { prompt: 'Hi' },
    })
    expect(yieldsOf(events)).toEqual(['Hi', 'bye'])
  })
})

describe('flow.if', () => {
  const flow = (condition: Readonly<Record<string, unknown>>) => ({
    nodes: [
      trigger,
      {
        id: 'if',
        type: 'flow.if',
        properties: { condition: condition as { readonly $expr: string } },
      },
      yieldNode('yes', 'yes'),
      yieldNode('no', 'no'),
      yieldNode('after', 'after'),
    ],
    edges: ['trigger.next > if', 'if.true > yes', 'if.false > no', 'if.continue > after'],
  })
  const rows = {
    match: 'all',
    rows: [{ left: prompt, operator: 'contains', right: 'you' }],
  }

  it.each([
    ['rows that hold', rows, 'Hello you', 'yes'],
    ['rows that do not hold', rows, 'Hello', 'no'],
    [
      'an expression that is true',
      { $expr: 'chatCompletionRequest.prompt.size() > 3' },
      'Hello',
      'yes',
    ],
    [
      'an expression that is false',
      { $expr: 'chatCompletionRequest.prompt.size() > 3' },
      'Hi',
      'no',
    ],
  ])('takes its way by %s, then continues', async (_, condition, text, way) => {
    const events = await runNodes({ ...flow(condition), input: { prompt: text } })
    expect(yieldsOf(events)).toEqual([way, 'after'])
  })

  it('hands on a return inside it', async () => {
    const { nodes, edges } = flow(rows)
    const events = await runNodes({
      nodes: [
        ...nodes.filter(({ id }) => id !== 'yes'),
        { id: 'yes', type: 'flow.return', properties: { value: 1 } },
      ],
      edges,
      input: { prompt: 'you' },
    })
    expect(yieldsOf(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'completed', result: 1 })
  })
})

describe('flow.setVariable', () => {
  it('gives a variable of the flow a new value', async () => {
    const events = await runNodes({
      variables: [{ name: 'last', type: 'text', value: 'none' }],
      nodes: [
        trigger,
        yieldNode('before', { $ref: 'last' }),
        { id: 'set', type: 'flow.setVariable', properties: { variable: 'last', value: prompt } },
        yieldNode('after', { $ref: 'last' }),
      ],
      edges: ['trigger.next > before', 'before.next > set', 'set.next > after'],
      input: { prompt: 'Hi' },
    })
    expect(yieldsOf(events)).toEqual(['none', 'Hi'])
  })
})

describe('flow.log', () => {
  it('writes an entry with its level and data', async () => {
    const events = await runNodes({
      nodes: [
        trigger,
        {
          id: 'log',
          type: 'flow.log',
          properties: {
            level: 'warning',
            message: { $text: ['Got ', prompt] },
            data: { $ref: 'chatCompletionRequest.options' },
          },
        },
      ],
      edges: ['trigger.next > log'],
      input: { prompt: 'Hi' },
    })
    expect(events.filter(({ type }) => type === 'node-log')).toMatchObject([
      {
        level: 'warning',
        message: 'Got Hi',
        data: { temperature: null, maxCompletionTokens: null },
      },
    ])
    expect(events.at(-1)).toMatchObject({ outcome: 'completed' })
  })
})

describe('flow.return', () => {
  it('ends the flow with its value', async () => {
    const events = await runNodes({
      nodes: [trigger, { id: 'end', type: 'flow.return', properties: { value: prompt } }],
      edges: ['trigger.next > end'],
      input: { prompt: 'Hi' },
    })
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'completed', result: 'Hi' })
  })

  it('ends it with null when it has none', async () => {
    const events = await runNodes({
      nodes: [trigger, { id: 'end', type: 'flow.return' }],
      edges: ['trigger.next > end'],
      input: { prompt: 'Hi' },
    })
    expect(events.at(-1)).toMatchObject({ result: null })
  })
})
