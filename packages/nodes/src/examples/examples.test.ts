import { checkFlow, parseFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { chatWithFallbackExample } from './chat-with-fallback.ts'
import { customerSearchExample } from './customer-search.ts'
import { knowledgeBaseExample } from './knowledge-base.ts'
import { morningReportExample } from './morning-report.ts'
import { orderIntakeExample } from './order-intake.ts'
import { pollUntilDoneExample } from './poll-until-done.ts'
import { priceListExample, priceOfLineExample } from './price-list.ts'
import { ragChatExample } from './rag-chat/rag-chat.ts'
import { routedChatExample } from './routed-chat.ts'
import { streamingChatExample } from './streaming-chat.ts'
import { streamRowsExample } from './stream-rows.ts'
import { summariseListExample } from './summarise-list.ts'
import { trimmedChatExample } from './trimmed-chat.ts'

const connections = new Map(['demo', 'embedded-postgres'].map((kind) => [kind, { kind }] as const))

it.each([
  ['the RAG chat', ragChatExample],
  ['the chat with a trimmed history', trimmedChatExample],
  ['the knowledge base', knowledgeBaseExample],
  ['the streaming chat', streamingChatExample],
  ['the stream of rows', streamRowsExample],
  ['the intake of orders', orderIntakeExample],
  ['the summary of a list', summariseListExample],
  ['the routed chat', routedChatExample],
  ['the chat with a fallback', chatWithFallbackExample],
  ['the tool that finds customers', customerSearchExample],
  ['the report by the clock', morningReportExample],
  ['the list of prices', priceListExample],
  ['the price of a line', priceOfLineExample],
  ['the poll', (id: string, name: string) => pollUntilDoneExample(id, name, 'http://localhost')],
])('%s is a well-formed flow without a problem, on the built-in connections', (_, create) => {
  const example = create('example', 'Example')
  expect(parseFlow(example).status).toBe('flow')
  expect(checkFlow(example, registry, { connections })).toEqual([])
})
