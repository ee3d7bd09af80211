import type { IncomingMessage, ServerResponse } from 'node:http'
import { FlowError } from '@millrace/flow'
import { version } from '../version.ts'
import { errorAnswer } from './error-answer.ts'
import { nextRequestId } from './request-id.ts'

/** Answers every request while the stores are not open yet. */
export function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?')[0] ?? ''
  const isAlive = path === '/api/health/live'
  response.writeHead(isAlive ? 200 : 503, {
    'content-type': 'application/json; charset=utf-8',
    'retry-after': '1',
  })
  const isHealth = path === '/api/health' || path === '/api/health/ready'
  const health = { status: isAlive ? 'ok' : 'starting', version }
  response.end(JSON.stringify(isAlive || isHealth ? health : startingError()))
}

function startingError(): ReturnType<typeof errorAnswer> {
  const message = 'The server is starting and opens its stores. Try again in a moment.'
  return errorAnswer(new FlowError('database_unavailable', message), nextRequestId())
}
