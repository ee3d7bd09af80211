import { emptyFlow, type Flow, type JsonValue } from '@millrace/flow'

type Properties = Readonly<Record<string, JsonValue>>

interface ChatFlowOptions {
  /** Laid over the properties of the model's node. */
  readonly chat?: Properties
  readonly variables?: NonNullable<Flow['variables']>
}

/** A trigger, a streaming chat completion and its yield: the flow that most journeys are about. */
export function chatFlow(id: string, { chat = {}, variables }: ChatFlowOptions = {}): Flow {
  return {
    ...emptyFlow(id, `Flow ${id}`),
    ...(variables === undefined ? {} : { variables }),
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: { outputVariable: 'chatCompletionRequest' },
      },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        title: 'Answer',
        properties: {
          connection: 'demo',
          modelId: 'demo',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
          streamVariable: 'message',
          resultVariable: 'response',
          ...chat,
        },
      },
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'yield' },
    ],
    layout: { nodes: { trigger: [80, 120], chat: [400, 120], yield: [720, 120] } },
  }
}
