import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { compareFlows } from './compare-flows.ts'
import { DifferenceWords } from './difference-words.ts'

const before: Flow = {
  ...emptyFlow('chat', 'Chat'),
  settings: { timeoutSeconds: 60 },
  variables: [{ name: 'tone', type: 'text', value: 'kind' }],
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      properties: {
        systemPrompt: { $text: ['Be ', { $ref: 'tone' }, '.'] },
        userPrompt: { $ref: 'chatCompletionRequest.prompt' },
      },
    },
    { id: 'log', type: 'flow.log', title: 'Tell' },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'chat' },
    { from: ['chat', 'forEachMessage'], to: 'log' },
  ],
  layout: { nodes: { trigger: [0, 0], chat: [320, 0], log: [640, 0] } },
}

const after: Flow = {
  ...before,
  settings: { timeoutSeconds: 90 },
  variables: [{ name: 'tone', type: 'text', value: 'brief' }],
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      properties: {
        systemPrompt: { $text: ['Be very ', { $ref: 'tone' }, '.'] },
        userPrompt: { $expr: 'chatCompletionRequest.prompt.trim()' },
      },
    },
    { id: 'log', type: 'flow.log', title: 'Tell', disabled: true },
    { id: 'reducer', type: 'chat.historyTruncationReducer' },
    { id: 'other', type: 'flow.log', title: 'Tell' },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'chat' },
    { from: ['chat', 'continue'], to: 'other' },
  ],
  attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }],
  layout: { nodes: { trigger: [0, 80], chat: [320, 0], log: [640, 0] } },
}

it('says what differs by titles and labels, with an id only beside a title that two nodes have', () => {
  const { differences } = compareFlows(before, after, registry)
  expect(differences.map(({ sign, text }) => `${sign} ${text}`)).toEqual([
    '~ Time limit in seconds: 60 → 90',
    '~ Variable tone · Value: “kind” → “brief”',
    '+ Tell (other) · Log',
    '+ Chat history truncation reducer',
    '~ Streaming chat completion · System prompt: “Be {tone}.” → “Be very {tone}.”',
    '~ Streaming chat completion · User prompt: chatCompletionRequest.prompt → chatCompletionRequest.prompt.trim()',
    '~ Tell (log) · Disabled',
    '- Streaming chat completion · For each message → Tell (log)',
    '+ Streaming chat completion · Continue → Tell (other)',
    '+ Chat history truncation reducer at Streaming chat completion · History reducer',
    '~ Chat completion trigger',
  ])
})

it('says where two versions of a flow cannot both stay', () => {
  const words = new DifferenceWords([before, after], registry)
  expect([
    words.ofConflict({ what: 'setting', field: 'timeoutSeconds' }),
    words.ofConflict({ what: 'property', nodeId: 'chat', title: '', field: 'systemPrompt' }),
    words.ofConflict({ what: 'node', nodeId: 'trigger', title: '', field: 'title' }),
    words.ofConflict({ what: 'deleted', nodeId: 'log', title: '' }),
  ]).toEqual([
    'Time limit in seconds',
    'Streaming chat completion · System prompt',
    'Chat completion trigger · Title',
    'Tell (log): deleted in one, changed in the other',
  ])
})
