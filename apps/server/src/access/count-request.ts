import { FlowError } from '@millrace/flow'
import type { Principal } from './principal.ts'
import type { TokenBuckets } from './token-buckets.ts'

/** Counts a request for who makes it. Throws `rate_limited` when there were too many. */
export type CountRequest = (principal: Principal) => void

export function createCountRequest(buckets: TokenBuckets): CountRequest {
  return (principal) => {
    if (principal.kind !== 'key') return
    const { requestsPerMinute: max } = principal.limits
    if (max === null) return
    const retryAfter = buckets.take(`key ${principal.keyId}`, max)
    if (retryAfter === 0) return
    throw new FlowError(
      'rate_limited',
      `The API key may ask ${max} times a minute, and did. Try again in ${retryAfter} s.`,
      { retryable: true, details: { limit: 'requestsPerMinute', max, retryAfter } },
    )
  }
}
