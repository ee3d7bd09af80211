import type { IncomingMessage } from 'node:http'
import { FlowError } from '@millrace/flow'
import { networkOf } from '../http/client-of.ts'
import type { TokenBuckets } from './token-buckets.ts'

/** How often those who are not known yet may ask in a minute, from one address; an operator may choose. */
export interface LimitsByAddress {
  readonly signInsPerMinute: number
  readonly visitorsPerMinute: number
}

/** Counts what those do who are not known yet. */
export interface AddressLimits {
  /** Throws `rate_limited` when there was too much of it from the address of a request. */
  expectRoom(limit: keyof LimitsByAddress, request: IncomingMessage): void
}

const sayings: Readonly<Record<keyof LimitsByAddress, string>> = {
  signInsPerMinute: 'There were too many attempts to sign in from your address.',
  visitorsPerMinute: 'Too many visitors came from your address.',
}

export function createAddressLimits(buckets: TokenBuckets, limits: LimitsByAddress): AddressLimits {
  return {
    expectRoom(limit, request) {
      const max = limits[limit]
      const retryAfter = buckets.take(`${limit} ${networkOf(request)}`, max)
      if (retryAfter === 0) return
      throw new FlowError('rate_limited', `${sayings[limit]} Try again in ${retryAfter} s.`, {
        retryable: true,
        details: { limit, max, retryAfter },
      })
    },
  }
}
