import { checkFlow, scopesOf, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import '../testing/our-nodes.ts'
import { fixesOf, sharedBreaks, type FixContext } from './fixes.ts'

const connections = [
  { id: 'demo', kind: 'demo', name: 'Demo model' },
  { id: 'vectors', kind: 'postgres', name: 'Vectors' },
]

function contextOf(flow: Flow): FixContext {
  return { flow, registry, scopes: scopesOf(flow, registry), connections }
}

function problemsOf(flow: Flow) {
  const known = new Map(connections.map(({ id, kind }) => [id, { kind }]))
  return checkFlow(flow, registry, { connections: known })
}

/** Applies the first fix of each problem until none is left that has one. */
function mend(flow: Flow): { readonly flow: Flow; readonly labels: readonly string[] } {
  const [fix] = problemsOf(flow).flatMap((problem) => fixesOf(problem, contextOf(flow)))
  if (fix === undefined) return { flow, labels: [] }
  const mended = mend(fix.apply(flow))
  return { ...mended, labels: [fix.label, ...mended.labels] }
}

const base: Flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'mended',
  name: 'Mended',
  variables: [{ name: 'tone', type: 'text' }],
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      properties: {
        connection: 'gone',
        modelId: 'm',
        systemPrompt: { $text: ['Be ', { $ref: 'tones' }] },
        userPrompt: { $ref: 'chatCompletionRequest.promt' },
        old: 1,
      },
    },
    { id: 'set', type: 'flow.setVariable', properties: { variable: 'count', value: 1 } },
    { id: 'end', type: 'flow.return', properties: { value: { $ref: 'tones' } } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'chat' },
    { from: ['chat', 'continue'], to: 'set' },
    { from: ['set', 'next'], to: 'end' },
  ],
}

it('mends what has one likely meaning, until nothing is wrong', () => {
  const { flow, labels } = mend(base)
  expect(labels).toEqual([
    'Remove it',
    'Use “Demo model”',
    'Use “tone”',
    'Use “chatCompletionRequest.prompt”',
    'Create “count”',
    'Use “tone”',
  ])
  expect(problemsOf(flow)).toEqual([])
})

it('mends every reference to a variable that is gone at once', () => {
  const [shared] = sharedBreaks(problemsOf(base), registry)
  expect(shared).toMatchObject({ from: 'tones', to: 'tone', count: 2 })
  const mended = shared?.fix.apply(base) ?? base
  expect(sharedBreaks(problemsOf(mended), registry)).toEqual([])
  expect(mended.nodes[3]?.properties).toEqual({ value: { $ref: 'tone' } })
})

it('keeps what is out of reach in a flow variable', () => {
  const flow: Flow = {
    ...base,
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection: 'demo',
          modelId: 'm',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
        },
      },
      { id: 'say', type: 'flow.yieldReturn', properties: { value: { $ref: 'message' } } },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'say' },
      { from: ['chat', 'continue'], to: 'end' },
    ],
  }
  const { flow: mended, labels } = mend(flow)
  expect(labels).toEqual(['Keep it in a flow variable'])
  expect(problemsOf(mended)).toEqual([])
  expect(mended.nodes.find(({ id }) => id === 'end')?.properties).toEqual({
    value: { $ref: 'keptMessage.content' },
  })
})

it('leaves to a person what only a person can decide', () => {
  const flow: Flow = { ...base, nodes: [{ id: 'end', type: 'nowhere.node' }], edges: [] }
  expect(problemsOf(flow).flatMap((problem) => fixesOf(problem, contextOf(flow)))).toEqual([])
})
