import {
  fillTemplate,
  isRecord,
  textOfTemplate,
  type ChatMessage,
  type Template,
} from '@millrace/flow'

/** One message as a model gets it. */
export interface ModelMessage {
  readonly role: string
  readonly content: string
}

/** What the messages to a model are made of. */
export interface PromptParts {
  readonly systemPrompt?: string | undefined
  /** As its reducer left it. */
  readonly history: readonly ChatMessage[]
  readonly userPrompt: string
  /** Text, a vector search result, or any other value. */
  readonly context?: unknown
  readonly promptTemplate?: Template | undefined
}

const templateWithContext = 'CONTEXT:\n@@context\n\nUSER QUESTION:\n@@userPrompt'

/** The template that counts when none is given: below the context if there is one. */
export function defaultPromptTemplate(context: string): string {
  return hasText(context) ? templateWithContext : '@@userPrompt'
}

/**
 * The messages that are sent: the system prompt if there is one, the history, and one message of the
 * user, which is the prompt template filled in.
 */
export function composeMessages(parts: PromptParts): readonly ModelMessage[] {
  const context = contextText(parts.context)
  const values = new Map([
    ['context', context],
    ['userPrompt', parts.userPrompt],
  ])
  return [
    ...(hasText(parts.systemPrompt) ? [{ role: 'system', content: parts.systemPrompt }] : []),
    ...parts.history.map(({ role, content }) => ({ role, content })),
    { role: 'user', content: fillTemplate(templateOf(parts, context), values) },
  ]
}

function templateOf({ promptTemplate = [] }: PromptParts, context: string): Template {
  return hasText(textOfTemplate(promptTemplate)) ? promptTemplate : [defaultPromptTemplate(context)]
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}

/**
 * How a context reads in a prompt: text as it is, a vector search result as it wrote itself for a
 * model, null as nothing, any other value as JSON.
 */
export function contextText(context: unknown): string {
  if (context === undefined || context === null) return ''
  if (typeof context === 'string') return context
  if (isRecord(context) && Array.isArray(context['records'])) {
    if (typeof context['prompt'] === 'string') return context['prompt']
  }
  return JSON.stringify(context)
}
