import { FlowError } from '@millrace/flow'
import type { SessionOptions } from './database.ts'

/** How large a result may get. */
export type ResultLimits = NonNullable<SessionOptions['limits']>

/** A result without limits of its own ends here, in rows and bytes. */
export const nodeLimits: ResultLimits = {
  rows: 10_000,
  bytes: 8 * 1024 * 1024,
  whenReached: 'fail',
}

/** The error of a result that reached one of its limits. */
export function tooLarge(limits: ResultLimits, limit: 'rows' | 'bytes'): FlowError {
  const size =
    limit === 'rows'
      ? `${limits.rows.toLocaleString('en')} rows`
      : `${(limits.bytes / 1024 / 1024).toLocaleString('en')} MiB`
  return new FlowError(
    'limit_exceeded',
    `The result has more than ${size}. Read less: add a condition or a limit, or choose fewer columns.`,
    { details: { limit, max: limits[limit] } },
  )
}

/** The error of a statement whose time is over. */
export function timedOut({ timeoutSeconds }: Pick<SessionOptions, 'timeoutSeconds'>): FlowError {
  return new FlowError(
    'timeout',
    `The statement took longer than ${timeoutSeconds} s and was cancelled. Make it do less, add an index, or raise its Command timeout.`,
    { retryable: true, property: 'commandTimeout' },
  )
}
