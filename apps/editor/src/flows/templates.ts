import { emptyFlow, type Flow } from '@millrace/flow'
import {
  knowledgeBaseExample,
  orderIntakeExample,
  pollUntilDoneExample,
  ragChatExample,
  ragChatOnServers,
  streamingChatExample,
  streamRowsExample,
  trimmedChatExample,
} from '@millrace/nodes'

/** A flow to start from. */
export interface FlowTemplate {
  readonly id: string
  readonly title: string
  readonly description: string
  /** The name that a flow made of it has, until a designer gives another. */
  readonly name: string
  /** `origin` is the address of this server, for a flow that calls one. */
  readonly create: (id: string, name: string, origin: string) => Flow
}

/** The flows that New flow offers, in their order. */
export const templates: readonly FlowTemplate[] = [
  {
    id: 'rag-chat',
    title: 'RAG chat',
    description: 'Answers from documents, and remembers the conversation. Runs as it is.',
    name: 'RAG chat',
    create: ragChatExample,
  },
  {
    id: 'rag-chat-on-servers',
    title: 'RAG chat on your servers',
    description: 'The same on OpenAI, PostgreSQL and SQL Server: choose your connections.',
    name: 'RAG chat on servers',
    create: ragChatOnServers,
  },
  {
    id: 'knowledge-base',
    title: 'Knowledge base',
    description: 'Cuts a text, embeds it, and stores it for the RAG chat. Runs as it is.',
    name: 'Knowledge base',
    create: knowledgeBaseExample,
  },
  {
    id: 'trimmed-chat',
    title: 'Chat with trimmed history',
    description: 'One whole answer, from the latest messages of the session. Runs as it is.',
    name: 'Chat with history',
    create: trimmedChatExample,
  },
  {
    id: 'streaming-chat',
    title: 'Streaming chat',
    description: 'Answers a chat message by message, on the demo connection. Runs as it is.',
    name: 'Streaming chat',
    create: streamingChatExample,
  },
  {
    id: 'order-intake',
    title: 'Order intake',
    description: 'Takes orders over HTTP, and says kindly what is wrong with one. Runs as it is.',
    name: 'Order intake',
    create: orderIntakeExample,
  },
  {
    id: 'stream-rows',
    title: 'Rows, one by one',
    description: 'Computes rows of a table and sends each at once, up to a limit. Runs as it is.',
    name: 'Stream of rows',
    create: streamRowsExample,
  },
  {
    id: 'poll-until-done',
    title: 'Poll until done',
    description: 'Calls an HTTP API again and again until it says yes. Runs as it is.',
    name: 'Poll until done',
    create: pollUntilDoneExample,
  },
  {
    id: 'empty',
    title: 'Empty flow',
    description: 'An empty canvas.',
    name: 'New flow',
    create: emptyFlow,
  },
]
