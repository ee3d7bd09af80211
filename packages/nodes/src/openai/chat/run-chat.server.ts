import { cancelled, type BlockEnd } from '@millrace/engine'
import type { ChatMessage, ValueOf } from '@millrace/flow'
import { readHistory } from '../../chat/read-history.ts'
import type { Delivery } from '../client.ts'
import { answerOf } from './answer.ts'
import { ChatCall, type ChatContext } from './chat-call.server.ts'
import { composeMessages } from './compose-messages.ts'
import { chatRequest } from './request.ts'

/** How a node takes an answer in. */
export interface AnswerReader {
  readonly delivery: Delivery
  /** Asks and reads the whole answer; says how the node's own block, if it has one, ended. */
  read(call: ChatCall): Promise<BlockEnd>
}

/** The run of a node that asks a chat model. */
export async function runChat(
  context: ChatContext,
  reader: AnswerReader,
): Promise<
  { readonly end: BlockEnd } | { readonly outputs: { readonly response: ValueOf<'chatResponse'> } }
> {
  const { modelId, userPrompt, temperature, maxCompletionTokens } = context.properties
  const history = await reducedHistory(context)
  const messages = composeMessages({ ...context.properties, history })
  const settings = { modelId, messages, temperature, maxCompletionTokens }
  const call = new ChatCall(context, reader.delivery, chatRequest(settings, reader.delivery))
  try {
    const end = await reader.read(call)
    if (end.kind === 'return' || end.kind === 'cancelled') return { end }
  } catch (error) {
    // A stopped run breaks whatever is under way; that is no failure of the model.
    if (context.signal.aborted) return { end: cancelled }
    throw error
  } finally {
    call.close()
  }
  return { outputs: { response: answerOf(call.said, { modelId, history, userPrompt }) } }
}

async function reducedHistory({
  properties,
  attachments,
  title,
}: ChatContext): Promise<readonly ChatMessage[]> {
  const history = readHistory(properties.history, {
    what: `The history of "${title}"`,
    property: 'history',
  })
  const [reducer] = attachments.historyReducer
  return reducer === undefined ? history : await reducer.reduce(history)
}
