import { emptyFlow, type Flow, type FlowNode } from '@millrace/flow'
import { chatRequest } from './chat-history.ts'

/** A chat that asks a second model when the first one fails, so that nobody is left without an answer. */
export function chatWithFallbackExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Asks a model; when that fails, it logs why and asks another one. Both are the demo model, which needs no key: give the first your own connection.',
    variables: [{ name: 'answer', type: 'text', value: '' }],
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: {
          outputVariable: chatRequest,
          testData: { sessionId: `test-${id}`, prompt: 'What does a mill race do?', context: '' },
        },
      },
      { id: 'try', type: 'flow.tryCatch', properties: { exceptionVariable: 'exception' } },
      ask('first', 'Ask the first model', 'response'),
      keep('keepFirst', 'response'),
      {
        id: 'log',
        type: 'flow.log',
        title: 'Log why',
        properties: {
          level: 'warning',
          message: { $text: ['The first model failed: ', { $ref: 'exception.message' }] },
        },
      },
      ask('second', 'Ask the second model', 'otherResponse'),
      keep('keepSecond', 'otherResponse'),
      {
        id: 'return',
        type: 'flow.return',
        title: 'Return the answer',
        properties: { value: { $ref: 'answer' } },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'try' },
      { from: ['try', 'try'], to: 'first' },
      { from: ['first', 'next'], to: 'keepFirst' },
      { from: ['try', 'catch'], to: 'log' },
      { from: ['log', 'next'], to: 'second' },
      { from: ['second', 'next'], to: 'keepSecond' },
      { from: ['try', 'continue'], to: 'return' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        try: [384, 120],
        first: [688, 40],
        keepFirst: [992, 40],
        log: [80, 440],
        second: [384, 440],
        keepSecond: [688, 440],
        return: [992, 440],
      },
    },
  }
}

function ask(id: string, title: string, resultVariable: string): FlowNode {
  return {
    id,
    type: 'openai.chatCompletion',
    title,
    properties: {
      connection: 'demo',
      modelId: 'demo',
      systemPrompt: 'You are a friendly assistant.',
      userPrompt: { $ref: `${chatRequest}.prompt` },
      history: { $ref: `${chatRequest}.history` },
      resultVariable,
    },
  }
}

function keep(id: string, response: string): FlowNode {
  return {
    id,
    type: 'flow.setVariable',
    title: 'Keep the answer',
    properties: { variable: 'answer', value: { $ref: `${response}.content` } },
  }
}
