import type { RecordedExchange, RunVisit } from '@millrace/flow'
import { streamingChatCompletion } from './openai/streaming-chat-completion/definition.ts'
import { exchangeOfVisit } from './openai/streaming-chat-completion/exchange-of-visit.ts'

/** What the outside answered a node, told again from a visit in a log; `undefined` where it does not tell. */
export function exchangeOf(type: string, visit: RunVisit): RecordedExchange | undefined {
  return type === streamingChatCompletion.type ? exchangeOfVisit(visit) : undefined
}
