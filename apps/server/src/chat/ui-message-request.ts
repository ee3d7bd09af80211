import { z } from 'zod'
import { unreadablePart, type SaidMessage } from './chat-input.ts'

const part = z.looseObject({ type: z.string(), text: z.string().optional() })

/** What `useChat` of the AI SDK sends. */
export const uiMessageRequestSchema = z.looseObject({
  /** Of the chat; it is the session too. */
  id: z.string().min(1).max(200),
  messages: z
    .array(z.looseObject({ role: z.enum(['system', 'user', 'assistant']), parts: z.array(part) }))
    .min(1),
  /** What a page says to the flow besides, in the `body` of its transport. */
  context: z.unknown().optional(),
})

export type UiMessageRequest = z.infer<typeof uiMessageRequestSchema>

/**
 * The messages as a flow takes them: their text. What else an answer had, such as sources, is no part
 * of the conversation. Throws `unsupported_parameter` for a file that the user sent.
 */
export function saidIn({ messages }: UiMessageRequest): readonly SaidMessage[] {
  return messages.map(({ role, parts }, index) => {
    const texts = parts.flatMap(({ type, text }, place) => {
      if (type === 'text') return text ?? ''
      if (type !== 'file' || role === 'assistant') return []
      throw unreadablePart(type, `body.messages.${index}.parts.${place}`)
    })
    return { role, content: texts.join('\n') }
  })
}
