import type { ChatMessage, ValueOf } from '@millrace/flow'
import type { ChatStream } from './chat-stream.ts'

/** What the answer is added to. */
export interface Conversation {
  /** The model that was asked. */
  readonly modelId: string
  /** As its reducer left it. */
  readonly history: readonly ChatMessage[]
  /** As the designer gave it, without the template. */
  readonly userPrompt: string
}

/** The value of *Result variable name*: the answer, whole or as far as it came. */
export function answerOf(stream: ChatStream, conversation: Conversation): ValueOf<'chatResponse'> {
  const history = [
    ...conversation.history,
    { role: 'user', content: conversation.userPrompt },
    { role: 'assistant', content: stream.content },
  ]
  return {
    content: stream.content,
    role: stream.role,
    modelId: stream.modelId ?? conversation.modelId,
    finishReason: stream.finishReason,
    usage: stream.usage,
    history,
    historyJson: JSON.stringify(history),
    refusal: stream.refusal,
  }
}
