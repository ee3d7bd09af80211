import { FlowError, isRecord, type ChatMessage } from '@millrace/flow'

const roles = new Set(['system', 'developer', 'user', 'assistant'])

/** Where a history stands, for errors. */
export interface HistorySource {
  /** As the beginning of a sentence. */
  readonly what: string
  /** The property of the node that holds it, if one does. */
  readonly property?: string
}

/**
 * Reads a conversation from JSON text or a list of messages; keys and roles in any case. Null and
 * blank text mean that there is none. Anything else throws `input_invalid`, naming the source.
 */
export function readHistory(value: unknown, where: HistorySource): readonly ChatMessage[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'string') return readMessages(value, where, JSON.stringify(value))
  if (value.trim() === '') return []
  return readMessages(parse(value, where), where, value)
}

function parse(text: string, where: HistorySource): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable(where, text, 'is not JSON')
  }
}

function readMessages(value: unknown, where: HistorySource, text: string): readonly ChatMessage[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw unreadable(where, text, 'is not a list of messages')
  return value.map((item: unknown, index) => {
    const role = field(item, 'role')
    const content = field(item, 'content')
    if (typeof role !== 'string' || typeof content !== 'string') {
      throw unreadable(where, text, `has no text role and content at ${index}`)
    }
    if (!roles.has(role.toLowerCase())) {
      throw unreadable(where, text, `has the unknown role "${role.slice(0, 20)}" at ${index}`)
    }
    return { role: role.toLowerCase(), content }
  })
}

function field(item: unknown, name: string): unknown {
  if (!isRecord(item)) return undefined
  const key = Object.keys(item).find((candidate) => candidate.toLowerCase() === name)
  return key === undefined ? undefined : item[key]
}

function unreadable(where: HistorySource, text: string, problem: string): FlowError {
  return new FlowError(
    'input_invalid',
    `${where.what} cannot be read: it ${problem}. It begins with "${text.slice(0, 40)}". Give a JSON list of messages, each with role (system, user, assistant) and content.`,
    where.property === undefined ? {} : { property: where.property },
  )
}
