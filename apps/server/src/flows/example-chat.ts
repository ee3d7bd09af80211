import { serializeFlow } from '@millrace/flow'
import { streamingChatExample } from '@millrace/nodes'
import type { FlowStore } from './flow-store.ts'

/** The flow that a fresh server has: it streams at once, with no key. */
const exampleChat = streamingChatExample('example-chat', 'Example: streaming chat')

/** Puts the example into a store that never held a flow; a deleted example stays deleted. */
export async function seedExample(store: FlowStore): Promise<void> {
  if (await store.isFresh()) await store.create(exampleChat.id, serializeFlow(exampleChat))
}
