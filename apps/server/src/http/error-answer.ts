import { toFlowError, type FlowError } from '@millrace/flow'
import type { Response } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { toldTo } from '../public-access/told-to.ts'
import { isOpenAiPath, openAiError } from './openai-error.ts'
import { idsOf } from './request-line.ts'

/** The body of every answer that is an error. */
export const errorAnswerSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** Finds the request in the server's log. */
    requestId: z.string(),
    /** Whether the same may go well another time. */
    retryable: z.boolean(),
    /** What is to blame: a place in the body, or a property of a node. */
    path: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
})

/**
 * Answers with an error, as who asked is told it, or cuts an answer short that has begun. Logs defects
 * with their cause, and what is kept from a visitor of no run, whose history would have it.
 */
export function sendError(response: Response, thrown: unknown, logger: Logger): void {
  const error = toFlowError(thrown)
  const told = toldTo(response.req, error)
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
  else if (told.code !== error.code && ids.runId === undefined)
    logger.warn({ ...context, message: error.message }, 'visitor refused')
  else logger.debug({ ...context, message: error.message }, 'request refused')
  if (response.headersSent) {
    response.destroy()
    return
  }
  const retryAfter = told.details?.['retryAfter']
  if (typeof retryAfter === 'number') response.setHeader('Retry-After', Math.ceil(retryAfter))
  // A file that could not be sent has left its own type.
  response.type('json').status(told.status)
  if (!isOpenAiPath(response.req.path)) {
    response.json(errorAnswer(told, requestId))
    return
  }
  // OpenAI's clients try many a status again by themselves; a run that failed would run again.
  response.setHeader('x-should-retry', String(told.retryable))
  response.setHeader('x-request-id', requestId)
  response.json(openAiError(told))
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
      retryable: error.retryable,
      ...(path === '' ? {} : { path }),
      ...(Object.keys(details).length === 0 ? {} : { details }),
    },
  }
}
