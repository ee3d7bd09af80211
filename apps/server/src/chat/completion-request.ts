import { FlowError, isRecord } from '@millrace/flow'
import { z } from 'zod'
import { unreadablePart, type SaidMessage } from './chat-input.ts'

const part = z.looseObject({ type: z.string(), text: z.string().optional() })
const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(part)]).nullish(),
})

/** The parameters of OpenAI's chat completion that a flow takes; of the others see `honoured`. */
export const completionRequestSchema = z.looseObject({
  /** The id of a flow. */
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  /** What `max_completion_tokens` was called before. */
  max_tokens: z.int().min(1).nullish(),
})

export type CompletionRequest = z.infer<typeof completionRequestSchema>

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0
const isNoTool = (value: unknown) => value === 'none' || value === 'auto'
const never = () => false

/**
 * The values that parameters may have which would change what an answer is: a flow decides that
 * itself. What only tunes a model, such as `seed`, is the flow's too, and is left unread.
 */
const honoured: Readonly<Record<string, (value: unknown) => boolean>> = {
  audio: never,
  function_call: isNoTool,
  functions: isEmptyList,
  logprobs: (value) => value === false,
  modalities: (value) => Array.isArray(value) && value.every((one) => one === 'text'),
  n: (value) => value === 1,
  response_format: (value) => isRecord(value) && value['type'] === 'text',
  stop: isEmptyList,
  tool_choice: isNoTool,
  tools: isEmptyList,
  top_logprobs: (value) => value === 0,
  web_search_options: never,
}

/** Throws `unsupported_parameter` for what a flow cannot honour, rather than leave it out unsaid. */
export function expectHonoured(request: Readonly<Record<string, unknown>>): void {
  for (const [name, isHonoured] of Object.entries(honoured)) {
    const value = request[name]
    if (value === undefined || value === null || isHonoured(value)) continue
    throw new FlowError(
      'unsupported_parameter',
      `This value of "${name}" is not supported: a flow answers once, with text, and asks its tools itself. Leave "${name}" out.`,
      { property: `body.${name}` },
    )
  }
}

/** The messages as a flow takes them. Throws `unsupported_parameter` for what is not text. */
export function messagesOf({ messages }: CompletionRequest): readonly SaidMessage[] {
  return messages.map(({ role, content, ...rest }, index) => {
    const place = `body.messages.${index}`
    if (role === 'tool' || role === 'function') {
      throw toolUse(`A message has the role "${role}"`, `${place}.role`)
    }
    const { tool_calls: calls } = rest
    if (Array.isArray(calls) && calls.length > 0) {
      throw toolUse('A message calls tools', `${place}.tool_calls`)
    }
    return { role, content: textOfContent(content ?? '', `${place}.content`) }
  })
}

function toolUse(what: string, property: string): FlowError {
  return new FlowError(
    'unsupported_parameter',
    `${what}, but a flow asks its tools itself. Leave the message out.`,
    { property },
  )
}

function textOfContent(
  content: NonNullable<CompletionRequest['messages'][number]['content']>,
  place: string,
): string {
  if (typeof content === 'string') return content
  return content
    .map(({ type, text }, index) => {
      if (type === 'text' && text !== undefined) return text
      throw unreadablePart(type, `${place}.${index}`)
    })
    .join('\n')
}
