import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import { clientOf } from './client-of.ts'
import { requestIdOf } from './request-id.ts'

/** What names a request in every line about it, and the run that answers where one does. */
export function idsOf(response: Response): { readonly requestId: string; readonly runId?: string } {
  const runId = response.getHeader('x-run-id')
  return {
    requestId: requestIdOf(response),
    ...(runId === undefined ? {} : { runId: String(runId) }),
  }
}

/** Writes, for who looks closely, how a request was answered. What it carried is nobody's business. */
export function logAnswer(
  logger: Logger,
  { request, response, ms }: { request: Request; response: Response; ms: number },
): void {
  if (!logger.isLevelEnabled('debug')) return
  const [path] = request.originalUrl.split('?')
  const { address } = clientOf(request)
  const { statusCode: status, writableFinished: isWhole } = response
  const line = { ...idsOf(response), method: request.method, path, status, ms, address, isWhole }
  logger.debug(line, 'request answered')
}
