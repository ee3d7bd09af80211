import { statusByCode, type ErrorCode, type ErrorShape } from '@millrace/flow'
import { z } from 'zod'

/** The body of every answer below `/v1` that is an error, as OpenAI's clients read it. */
export const openAiErrorSchema = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
})

/** Whether a path belongs to OpenAI's interface, where errors too have its shape. */
export function isOpenAiPath(path: string): boolean {
  return /^\/v1(?:\/|$)/i.test(path)
}

/** Our code, where clients know no other name for it. */
const names: Partial<Readonly<Record<ErrorCode, string>>> = {
  unauthorized: 'invalid_api_key',
  rate_limited: 'rate_limit_exceeded',
  provider_limited: 'rate_limit_exceeded',
}

/** An error in OpenAI's shape. */
export function openAiError({
  code,
  message,
  nodeId,
  property,
  details,
}: Pick<ErrorShape, 'code' | 'message'> & {
  readonly [K in 'nodeId' | 'property' | 'details']?: ErrorShape[K] | undefined
}): z.infer<typeof openAiErrorSchema> {
  const isModel = typeof details?.['model'] === 'string'
  return {
    error: {
      message,
      type: typeOf(statusByCode[code]),
      param: nodeId === undefined && property !== undefined ? paramOf(property) : null,
      code: isModel ? 'model_not_found' : (names[code] ?? code),
    },
  }
}

function typeOf(status: number): string {
  if (status >= 500) return 'server_error'
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error'
}

/** `messages[0].content`, of `body.messages.0.content`; `null` where all of a body is to blame. */
function paramOf(property: string): string | null {
  const param = property.replace(/^(?:body|query)\.?/, '').replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')
  return param === '' ? null : param
}
