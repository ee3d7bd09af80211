import type { Logger } from 'pino'
import type { ObserveRun } from './run-observer.ts'

/**
 * Writes of each run that it started and how it ended; of what went wrong in the usual level, of the
 * rest for who looks closer. The answer to the request that started it names both ids.
 */
export function createRunLines(logger: Logger): ObserveRun {
  return ({ flowId, origin, kind, environment, parentRunId }) => {
    let runId = ''
    let startedAt = 0
    return (entries) => {
      for (const { event } of entries) {
        if (event.type === 'run-start') {
          runId = event.runId
          startedAt = event.at
          logger.debug({ runId, flowId, origin, kind, environment, parentRunId }, 'run started')
        } else if (event.type === 'run-end') {
          const { outcome, error } = event
          const went = outcome === 'completed' || outcome === 'cancelled' ? 'debug' : 'info'
          const line = { runId, flowId, outcome, ms: event.at - startedAt, code: error?.code }
          logger[went](line, 'run ended')
        }
      }
    }
  }
}
