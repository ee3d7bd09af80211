import type { ErrorCode, ErrorDetails, ErrorShape } from './error.ts'

/** What visitors are told of the errors of one code. */
interface Told {
  /** In place of the error's own words, which are for who runs the flow. */
  readonly message: string
  /** The details that visitors need to go on. */
  readonly details?: readonly (keyof ErrorDetails & string)[]
  /** Whether it says the same where a node failed: else that is none of the visitor's doing. */
  readonly isOfNodesToo?: true
}

const notThere =
  'There is no such chat, or no such answer. It may be gone, or the address mistyped.'

/** What is a visitor's own doing, or passes by waiting. Of all others it is told that they happened. */
const toldByCode: Partial<Readonly<Record<ErrorCode, Told>>> = {
  bad_request: { message: 'The request is not understood. Send what the API describes.' },
  unsupported_parameter: { message: 'The request asks for something that is not done here.' },
  unsupported_media_type: { message: 'The request is not JSON in UTF-8. Send it as that.' },
  method_not_allowed: { message: 'This address cannot be called like that.' },
  input_invalid: { message: 'The message cannot be taken as it is. Write it in another way.' },
  limit_exceeded: {
    message: 'The message is too long, or nests too deep. Make it shorter.',
    details: ['limit', 'max'],
  },
  unauthorized: { message: 'You are not let in, or not any more.', details: ['reason'] },
  forbidden: { message: 'This is not for visitors of the chat.', details: ['reason'] },
  not_found: { message: notThere, details: ['model'] },
  flow_not_published: { message: 'This chat is not open yet. Come back later.' },
  flow_yields: { message: 'This chat answers in pieces. Call /stream in place of /run.' },
  conflict: { message: 'This does not go together with what was asked before.' },
  resume_gap: {
    message: 'A part of the answer is no longer kept. What is known of it is in details.snapshot.',
    details: ['oldest', 'run', 'snapshot'],
  },
  rate_limited: {
    message: 'There are too many messages at the moment. Wait before the next one.',
    details: ['limit', 'max', 'retryAfter'],
    isOfNodesToo: true,
  },
  cancelled: { message: 'The answer was stopped.', isOfNodesToo: true },
  timeout: { message: 'The answer took too long. Try again.', isOfNodesToo: true },
  draining: {
    message: 'The chat is being restarted. Try again in a moment.',
    details: ['retryAfter'],
    isOfNodesToo: true,
  },
  database_unavailable: { message: 'The chat has too much to do. Try again in a moment.' },
}

/**
 * The error as an anonymous visitor is told it: that the answer failed, whether trying again may help,
 * and what they can do. What a *Throw* of the flow says is meant for them, and keeps its words.
 */
export function errorForVisitor(error: ErrorShape): ErrorShape {
  const { code, message, retryable, nodeId, property } = error
  if (isOwnThrow(error)) return { code, message, retryable }
  const told = toldByCode[code]
  if (told === undefined || (nodeId !== undefined && told.isOfNodesToo !== true)) {
    return { code: 'internal', message: failed(retryable), retryable }
  }
  const isInRequest = nodeId === undefined && /^(?:body|query)(?:\.|$)/.test(property ?? '')
  const details = nodeId === undefined ? detailsOf(error, told) : {}
  return {
    code,
    message: told.message,
    retryable,
    ...(isInRequest && property !== undefined ? { property } : {}),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  }
}

/** What another flow threw was said to the flow that called it. */
function isOwnThrow({ code, message, details }: ErrorShape): boolean {
  return code === 'flow_failed' && message !== '' && details?.['childRunId'] === undefined
}

function failed(isRetryable: boolean): string {
  return isRetryable
    ? 'The chat could not answer. Try again in a while.'
    : 'The chat could not answer, and asking the same again will hardly help. Tell whoever runs it which run this was.'
}

function detailsOf({ details = {} }: ErrorShape, told: Told): ErrorDetails {
  const names = (told.details ?? []).filter((name) => details[name] !== undefined)
  return Object.fromEntries(names.map((name) => [name, details[name]]))
}
