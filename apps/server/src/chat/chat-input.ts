import { FlowError } from '@millrace/flow'

/** A message of a conversation as a chat client sends it, its text in one piece. */
export interface SaidMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant'
  readonly content: string
}

/** What else a chat client may say to the trigger of a flow. */
interface ChatSurroundings {
  readonly sessionId: string
  readonly context?: unknown
  readonly options?: {
    readonly temperature: number | null
    readonly maxCompletionTokens: number | null
  }
}

/**
 * The input of a chat trigger from a whole conversation: its last message of the user is the prompt,
 * those before are the history. Instructions count wherever they stand; what a model said after the
 * prompt is about to be said anew. Throws `bad_request` when the user said nothing.
 */
export function chatInput(messages: readonly SaidMessage[], around: ChatSurroundings) {
  const last = messages.findLastIndex(({ role }) => role === 'user')
  const prompt = messages[last]?.content
  if (prompt === undefined) {
    throw new FlowError(
      'bad_request',
      'The conversation has no message of the user. Send at least one with the role "user".',
      { property: 'body.messages' },
    )
  }
  const isInstruction = ({ role }: SaidMessage) => role === 'system' || role === 'developer'
  const history = messages.filter((message, index) => index < last || isInstruction(message))
  return { ...around, prompt, history }
}

/** A part of a message that a flow cannot take: what it is given is text. */
export function unreadablePart(type: string, property: string): FlowError {
  return new FlowError(
    'unsupported_parameter',
    `A flow reads text alone, but a message has a part of type "${type}". Leave the part out.`,
    { property },
  )
}
