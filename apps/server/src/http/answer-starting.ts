import type { IncomingMessage, ServerResponse } from 'node:http'
import { FlowError } from '@millrace/flow'
import { version } from '../version.ts'
import { errorAnswer } from './error-answer.ts'
import { nextRequestId } from './request-id.ts'

/** Answers every request while the stores are not open yet. */
export function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const isHealth = request.url?.split('?')[0] === '/api/health'
  response.writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' })
  response.end(JSON.stringify(isHealth ? { status: 'starting', version } : startingError()))
}

function startingError(): ReturnType<typeof errorAnswer> {
  const message = 'The server is starting and opens its stores. Try again in a moment.'
  return errorAnswer(
    new FlowError('database_unavailable', message, { retryable: true }),
    nextRequestId(),
  )
}
