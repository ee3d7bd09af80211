import type { Delivery } from '../client.ts'
import type { ModelMessage } from './compose-messages.ts'

/** What is asked of a model, in the provider's own names. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly ModelMessage[]
  readonly temperature?: number
  readonly max_completion_tokens?: number
  readonly stream_options?: { readonly include_usage: boolean }
}

/** What the designer asked for. */
export interface ChatSettings {
  readonly modelId: string
  readonly messages: readonly ModelMessage[]
  readonly temperature: number
  readonly maxCompletionTokens: number | undefined
}

/** The request that is tried first. */
export function chatRequest(settings: ChatSettings, delivery: Delivery): ChatRequest {
  return {
    model: settings.modelId,
    messages: settings.messages,
    temperature: settings.temperature,
    ...(settings.maxCompletionTokens === undefined
      ? {}
      : { max_completion_tokens: settings.maxCompletionTokens }),
    // An answer that comes whole brings its usage unasked.
    ...(delivery === 'streamed' ? { stream_options: { include_usage: true } } : {}),
  }
}

/** The parameters that are sent unasked, so a model may do without them. */
export const ownParameters = ['temperature', 'stream_options'] as const

export type OwnParameter = (typeof ownParameters)[number]

/** The request without one parameter. */
export function without(request: ChatRequest, parameter: OwnParameter): ChatRequest {
  const { [parameter]: _, ...rest } = request
  return rest
}
