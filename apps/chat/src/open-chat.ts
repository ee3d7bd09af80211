import { createChat, type Chat } from './chat-store.ts'
import { createKeptSessions, pageStorage } from './kept-sessions.ts'
import { createVisitor, type VisitorOptions } from './visitor.ts'

export interface OpenChatOptions extends Omit<VisitorOptions, 'readToken' | 'keepToken'> {
  /** What the page says to the flow beside each message. */
  readonly context?: string | undefined
}

/** A chat with a flow in this page. */
export function openChat({ context, ...options }: OpenChatOptions): Chat {
  const { flowId } = options
  const kept = createKeptSessions(pageStorage(), flowId)
  const visitor = createVisitor({ ...options, ...kept })
  return createChat({ flowId, visitor, kept, context, newId, now: Date.now })
}

/** Pages without HTTPS have no `randomUUID`, and widgets may well stand in one. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
