import { checkFlow, outputsOf, setProperty, type Flow, type FlowNode } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { registry } from '../../registry.ts'

type Properties = NonNullable<FlowNode['properties']>

describe.each([
  ['openai.streamingChatCompletion', 'continue'],
  ['openai.chatCompletion', 'next'],
])('%s in the designer', (type, exit) => {
  const complete: Properties = { connection: 'main', modelId: 'm', userPrompt: 'Hi' }

  function flowWith(properties: Properties): Flow {
    return {
      format: 'millrace/flow',
      version: 1,
      id: 'test',
      name: 'Test',
      nodes: [
        { id: 'trigger', type: 'chat.trigger' },
        { id: 'chat', type, properties },
        { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.content' } } },
      ],
      edges: [
        { from: ['trigger', 'next'], to: 'chat' },
        { from: ['chat', exit], to: 'end' },
      ],
    }
  }

  /** Each problem as its code and property. */
  function problemsWith(properties: Properties) {
    return checkFlow(flowWith(properties), registry).map(
      ({ code, severity, nodeId, property = '' }) => `${severity}: ${nodeId}.${property} ${code}`,
    )
  }

  it('has no problem when its required properties are set', () => {
    expect(problemsWith(complete)).toEqual([])
  })

  it.each(['connection', 'modelId', 'userPrompt'])('[S3] misses its %s', (key) => {
    const { [key]: _, ...others } = complete
    expect(problemsWith(others)).toEqual([`error: chat.${key} property_missing`])
  })

  it.each([
    ['temperature', 2.1],
    ['temperature', -0.1],
    ['maxCompletionTokens', 0],
    ['maxCompletionTokens', 1.5],
  ])('[S4] refuses a %s of %d', (key, value) => {
    expect(problemsWith({ ...complete, [key]: value })).toEqual([
      `error: chat.${key} property_invalid`,
    ])
  })

  it.each([
    ['temperature', 0],
    ['temperature', 2],
    ['maxCompletionTokens', 1],
  ])('[S4] takes a %s of %d', (key, value) => {
    expect(problemsWith({ ...complete, [key]: value })).toEqual([])
  })

  it('[S5] takes what refers to its response along to a new name', () => {
    const renamed = setProperty(flowWith(complete), registry, {
      nodeId: 'chat',
      key: 'resultVariable',
      value: 'answer',
    })
    expect(renamed.nodes[2]?.properties).toEqual({ value: { $ref: 'answer.content' } })
    expect(checkFlow(renamed, registry)).toEqual([])
  })

  it('[S5] has no output when the result variable is cleared, so what refers to it is broken', () => {
    const cleared = { ...complete, resultVariable: '' }
    const definition = registry.nodes.get(type)
    if (definition === undefined) throw new Error('It is in the registry.')
    expect(outputsOf(definition, { id: 'chat', type, properties: cleared })).toEqual([])
    expect(problemsWith(cleared)).toEqual(['error: end.value reference_broken'])
  })

  it('[S12] warns of a template without the user prompt', () => {
    expect(problemsWith({ ...complete, promptTemplate: 'Answer @@userPrompts.' })).toEqual([
      'warning: chat.promptTemplate template_incomplete',
    ])
    expect(problemsWith({ ...complete, promptTemplate: 'Answer @@userPrompt.' })).toEqual([])
  })
})

it('[S5] takes what refers to its message along to a new name of the stream variable', () => {
  const flow: Flow = {
    format: 'millrace/flow',
    version: 1,
    id: 'test',
    name: 'Test',
    nodes: [
      { id: 'chat', type: 'openai.streamingChatCompletion' },
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [{ from: ['chat', 'forEachMessage'], to: 'yield' }],
  }
  const edit = { nodeId: 'chat', key: 'streamVariable', value: 'piece' }
  expect(setProperty(flow, registry, edit).nodes[1]?.properties).toEqual({
    value: { $ref: 'piece.content' },
  })
})
