import { emptyFlow, type Flow } from '@millrace/flow'
import {
  chatWithFallbackExample,
  customerSearchExample,
  knowledgeBaseExample,
  morningReportExample,
  orderIntakeExample,
  pollUntilDoneExample,
  priceListExample,
  priceOfLineExample,
  ragChatExample,
  ragChatOnServers,
  routedChatExample,
  streamingChatExample,
  streamRowsExample,
  summariseListExample,
  trimmedChatExample,
} from '@millrace/nodes'

/** What templates are grouped by. */
export const templateSubjects = {
  chat: 'Chat',
  knowledge: 'Your documents',
  api: 'HTTP and data',
  building: 'Building blocks',
} as const

export type TemplateSubject = keyof typeof templateSubjects

/** A flow to start from. */
export interface FlowTemplate {
  readonly id: string
  readonly title: string
  /** What it does, in at most two sentences. */
  readonly description: string
  readonly subject: TemplateSubject
  /** The name that a flow made of it has, until a designer gives another. */
  readonly name: string
  /** `origin` is the address of this server, for a flow that calls one. */
  readonly create: (id: string, name: string, origin: string) => Flow
  /** The flows that it calls, which are made with it. */
  readonly called?: readonly (() => Flow)[]
}

/** The flows that *New flow* offers, in their order; the first ones are what newcomers see. */
export const templates: readonly FlowTemplate[] = [
  {
    id: 'rag-chat',
    title: 'RAG chat',
    description: 'Answers from documents, and remembers the conversation.',
    subject: 'knowledge',
    name: 'RAG chat',
    create: ragChatExample,
  },
  {
    id: 'streaming-chat',
    title: 'Streaming chat',
    description: 'Answers a chat message by message. The smallest flow that does.',
    subject: 'chat',
    name: 'Streaming chat',
    create: streamingChatExample,
  },
  {
    id: 'order-intake',
    title: 'Order intake',
    description: 'Takes orders over HTTP, checks them, and says kindly what is wrong with one.',
    subject: 'api',
    name: 'Order intake',
    create: orderIntakeExample,
  },
  {
    id: 'summarise-list',
    title: 'Summarise a list',
    description: 'Asks a model about each text of a list, and returns all answers together.',
    subject: 'api',
    name: 'Summaries',
    create: summariseListExample,
  },
  {
    id: 'routed-chat',
    title: 'Chat with routes',
    description:
      'Looks at what a question is about, and gives the model the instructions for that.',
    subject: 'chat',
    name: 'Chat with routes',
    create: routedChatExample,
  },
  {
    id: 'trimmed-chat',
    title: 'Chat with trimmed history',
    description: 'One whole answer at once, from the latest messages of the session.',
    subject: 'chat',
    name: 'Chat with history',
    create: trimmedChatExample,
  },
  {
    id: 'chat-with-fallback',
    title: 'Chat with a fallback',
    description: 'Asks a second model when the first one fails, and logs why it did.',
    subject: 'chat',
    name: 'Chat with a fallback',
    create: chatWithFallbackExample,
  },
  {
    id: 'knowledge-base',
    title: 'Knowledge base',
    description: 'Cuts a text, embeds it, and stores it where the RAG chat finds it.',
    subject: 'knowledge',
    name: 'Knowledge base',
    create: knowledgeBaseExample,
  },
  {
    id: 'rag-chat-on-servers',
    title: 'RAG chat on your servers',
    description: 'The same chat with your model and your databases: choose your connections.',
    subject: 'knowledge',
    name: 'RAG chat on servers',
    create: ragChatOnServers,
  },
  {
    id: 'customer-search',
    title: 'Tool for agents',
    description: 'Finds customers for agents that speak the Model Context Protocol.',
    subject: 'api',
    name: 'Customer search',
    create: customerSearchExample,
  },
  {
    id: 'morning-report',
    title: 'Report by the clock',
    description: 'Starts on weekdays, reads figures, and has a model say what they mean.',
    subject: 'api',
    name: 'Morning report',
    create: morningReportExample,
  },
  {
    id: 'stream-rows',
    title: 'Rows, one by one',
    description: 'Computes something for rows of a table and sends each at once, up to a limit.',
    subject: 'api',
    name: 'Stream of rows',
    create: streamRowsExample,
  },
  {
    id: 'poll-until-done',
    title: 'Poll until done',
    description: 'Calls an HTTP API again and again until it says yes, or too often.',
    subject: 'building',
    name: 'Poll until done',
    create: pollUntilDoneExample,
  },
  {
    id: 'price-list',
    title: 'A flow that calls another',
    description: 'Prices each line of an order by a flow of its own, which others can call too.',
    subject: 'building',
    name: 'Price list',
    create: priceListExample,
    called: [priceOfLineExample],
  },
]

/** Nothing on the canvas. */
export const emptyTemplate: FlowTemplate = {
  id: 'empty',
  title: 'Empty flow',
  description: 'An empty canvas.',
  subject: 'building',
  name: 'New flow',
  create: emptyFlow,
}
