import { serializeFlow } from '@millrace/flow'
import { ragChatExample } from '@millrace/nodes'
import type { FlowStore } from './flow-store.ts'

/** The flow that a fresh server has: it answers from documents at once, with no key and no set-up. */
const example = ragChatExample('example-rag-chat', 'Example: RAG chat')

/**
 * Puts the example into a store that never held a flow; a deleted example stays deleted. A store with
 * flows is left as it is: there, a designer makes the same flow from its template.
 * Answers the id of the example where there is one.
 */
export async function seedExample(store: FlowStore): Promise<string | undefined> {
  if (await store.isFresh()) await store.create(example.id, serializeFlow(example))
  return (await store.find(example.id))?.id
}
