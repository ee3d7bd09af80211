import { emptyFlow, type Flow } from '@millrace/flow'
import {
  knowledgeBaseExample,
  ragChatExample,
  ragChatOnServers,
  streamingChatExample,
  trimmedChatExample,
} from '@millrace/nodes'

/** A flow to start from. */
export interface FlowTemplate {
  readonly id: string
  readonly title: string
  readonly description: string
  /** The name that a flow made of it has, until a designer gives another. */
  readonly name: string
  readonly create: (id: string, name: string) => Flow
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
    id: 'empty',
    title: 'Empty flow',
    description: 'An empty canvas.',
    name: 'New flow',
    create: emptyFlow,
  },
]
