import { emptyFlow, type Flow, type FlowNode } from '@millrace/flow'
import { chatRequest } from './chat-history.ts'

const prompt = { $expr: `${chatRequest}.prompt.lowerAscii()` }

/** A chat that answers each kind of question under instructions of its own. */
export function routedChatExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Looks at what a question is about and gives the model the instructions for that: deliveries, invoices, or everything else. It runs on the demo model, which needs no key.',
    variables: [{ name: 'instructions', type: 'text', value: '' }],
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: {
          outputVariable: chatRequest,
          testData: { sessionId: `test-${id}`, prompt: 'Where is my delivery?', context: '' },
        },
      },
      {
        id: 'route',
        type: 'flow.ifElse',
        title: 'What is it about?',
        properties: {
          cases: [
            about('delivery', 'Delivery', ['deliver', 'parcel']),
            about('invoice', 'Invoice', ['invoice', 'bill']),
          ],
        },
      },
      instruct(
        'onDelivery',
        'For deliveries',
        'Answer questions about deliveries. They take two days.',
      ),
      instruct(
        'onInvoice',
        'For invoices',
        'Answer questions about invoices. They are due in 30 days.',
      ),
      instruct(
        'otherwise',
        'For the rest',
        'Say kindly that you answer about deliveries and invoices.',
      ),
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection: 'demo',
          modelId: 'demo',
          systemPrompt: { $ref: 'instructions' },
          userPrompt: { $ref: `${chatRequest}.prompt` },
          history: { $ref: `${chatRequest}.history` },
          streamVariable: 'message',
          resultVariable: 'response',
        },
      },
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'route' },
      { from: ['route', 'case.delivery'], to: 'onDelivery' },
      { from: ['route', 'case.invoice'], to: 'onInvoice' },
      { from: ['route', 'else'], to: 'otherwise' },
      { from: ['route', 'continue'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'yield' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        route: [384, 120],
        onDelivery: [688, 40],
        onInvoice: [688, 200],
        otherwise: [688, 360],
        chat: [384, 520],
        yield: [688, 520],
      },
    },
  }
}

function about(id: string, name: string, words: readonly string[]) {
  return {
    id,
    name,
    condition: {
      match: 'any',
      rows: words.map((right) => ({ left: prompt, operator: 'contains', right })),
    },
  }
}

function instruct(id: string, title: string, value: string): FlowNode {
  return {
    id,
    type: 'flow.setVariable',
    title,
    properties: { variable: 'instructions', value },
  }
}
