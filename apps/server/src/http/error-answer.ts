import { toFlowError, type FlowError } from '@millrace/flow'
import type { Response } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { isOpenAiPath, openAiError } from './openai-error.ts'
import { idsOf } from './request-line.ts'

/** The body of every answer that is an error. */
export const errorAnswerSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** Finds the request in the server's log. */
    requestId: z.string(),
    /** What is to blame: a place in the body, or a property of a node. */
    path: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
})

/** Answers with an error, or cuts an answer short that has begun. Logs defects with their cause. */
export function sendError(response: Response, thrown: unknown, logger: Logger): void {
  const error = toFlowError(thrown)
  const ids = idsOf(response)
  const { requestId } = ids
  const context = {
    ...ids,
    code: error.code,
    method: response.req.method,
    path: response.req.path,
  }
  if (error.code === 'internal')
    logger.error({ ...context, err: error.cause ?? error }, 'request failed')
  else logger.debug({ ...context, message: error.message }, 'request refused')
  if (response.headersSent) {
    response.destroy()
    return
  }
  const retryAfter = error.details?.['retryAfter']
  if (typeof retryAfter === 'number') response.setHeader('Retry-After', Math.ceil(retryAfter))
  // A file that could not be sent has left its own type.
  response.type('json').status(error.status)
  if (!isOpenAiPath(response.req.path)) {
    response.json(errorAnswer(error, requestId))
    return
  }
  // OpenAI's clients try many a status again by themselves; a run that failed would run again.
  response.setHeader('x-should-retry', String(error.retryable))
  response.setHeader('x-request-id', requestId)
  response.json(openAiError(error))
}

/** An error as every answer shows it: no stack, no cause, no vendor's body. */
export function errorAnswer(
  error: FlowError,
  requestId: string,
): z.infer<typeof errorAnswerSchema> {
  const path = [error.nodeId, error.property].filter((part) => part !== undefined).join('.')
  const details = {
    ...error.details,
    ...(error.nodeId === undefined ? {} : { nodeId: error.nodeId }),
    ...(error.nodeId === undefined || error.property === undefined
      ? {}
      : { property: error.property }),
  }
  return {
    error: {
      code: error.code,
      message: error.message,
      requestId,
      ...(path === '' ? {} : { path }),
      ...(Object.keys(details).length === 0 ? {} : { details }),
    },
  }
}
