import { FlowError } from '@millrace/flow'
import type { PublicSettings } from './public-access.ts'
import type { PublicAccessStore } from './public-access-store.ts'

/** Whose message it is that counts. */
export interface CountedMessage {
  readonly flowId: string
  /** From where it comes: an address, or a network that is one client's. */
  readonly network: string
  readonly visitorId: string
  readonly sessionId: string
}

/** Counts the messages of visitors. */
export interface MessageLimits {
  /** Throws `rate_limited`, with the seconds to wait where waiting helps. */
  expectRoom(message: CountedMessage, limits: PublicSettings['limits']): Promise<void>
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** So many counts are kept in memory; then those are forgotten that were not used for longest. */
const mostCounts = 100_000

/** Minutes and sessions are counted in memory; days, which protect a budget, on the disk. */
export function createMessageLimits(
  store: Pick<PublicAccessStore, 'countMessage'>,
  now: () => number,
): MessageLimits {
  const minutes = createCounts()
  const sessions = createCounts()
  return {
    async expectRoom({ flowId, network, visitorId, sessionId }, limits) {
      const at = now()
      const minute = Math.floor(at / minuteMs)
      const inMinute = minutes.add(JSON.stringify([flowId, network, minute]))
      if (inMinute > limits.perMinute) {
        throw limited('minute', {
          message: `This chat takes ${limits.perMinute} messages a minute from one address.`,
          retryAfter: secondsUntil((minute + 1) * minuteMs, at),
        })
      }
      const inSession = sessions.add(JSON.stringify([flowId, visitorId, sessionId]))
      if (inSession > limits.perSession) {
        throw limited('session', {
          message: `This conversation has reached its ${limits.perSession} messages. Begin another one.`,
        })
      }
      const inDay = await store.countMessage(flowId, new Date(at).toISOString().slice(0, 10))
      if (inDay > limits.perDay) {
        throw limited('day', {
          message: 'This chat has answered all the messages that it takes in a day.',
          retryAfter: secondsUntil((Math.floor(at / dayMs) + 1) * dayMs, at),
        })
      }
    },
  }
}

function createCounts() {
  const counts = new Map<string, number>()
  return {
    /** Answers how many there are with this one. */
    add(key: string): number {
      const count = (counts.get(key) ?? 0) + 1
      // Maps keep their order: the first is the one that was not used for longest.
      counts.delete(key)
      counts.set(key, count)
      const [oldest] = counts.keys()
      if (counts.size > mostCounts && oldest !== undefined) counts.delete(oldest)
      return count
    },
  }
}

function secondsUntil(end: number, at: number): number {
  return Math.max(1, Math.ceil((end - at) / 1000))
}

function limited(
  limit: 'minute' | 'session' | 'day',
  { message, retryAfter }: { readonly message: string; readonly retryAfter?: number },
): FlowError {
  return new FlowError('rate_limited', message, {
    retryable: retryAfter !== undefined,
    details: { limit, ...(retryAfter === undefined ? {} : { retryAfter }) },
  })
}
