import { emptyFlow, type Flow } from '@millrace/flow'
import { streamingChatExample } from '@millrace/nodes'

/** A flow to start from. */
export interface FlowTemplate {
  readonly id: 'streaming-chat' | 'empty'
  readonly title: string
  readonly description: string
  /** The name that a flow made of it has, until a designer gives another. */
  readonly name: string
  readonly create: (id: string, name: string) => Flow
}

/** The flows that New flow offers, in their order. */
export const templates: readonly FlowTemplate[] = [
  {
    id: 'streaming-chat',
    title: 'Streaming chat',
    description: 'Answers a chat message by message, on the demo connection. It runs as it is.',
    name: 'Streaming chat',
    create: streamingChatExample,
  },
  {
    id: 'empty',
    title: 'Empty flow',
    description: 'An empty canvas.',
    name: 'New flow',
    create: emptyFlow,
  },
]
