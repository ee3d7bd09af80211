import type { ErrorShape } from '@millrace/client'

/** What went wrong, in words for somebody who knows nothing of flows. */
export interface Trouble {
  readonly title: string
  readonly text: string
  /** Whether the same may go well another time. */
  readonly mayRetry: boolean
  /** Whether the conversation takes no more messages, so that only a new one helps. */
  readonly isFull: boolean
  /** How long to wait before that, in seconds. */
  readonly waitSeconds: number
  /** Whether it is for whoever runs the chat to mend, who finds it by a number. */
  readonly isToReport: boolean
}

/**
 * What is said of an error. Its own words are for operators, who find them in the history of runs; but
 * what a flow throws was written for its readers.
 */
export function troubleOf(error: ErrorShape): Trouble {
  const { code, retryable, details } = error
  const wait = details?.['retryAfter']
  const waitSeconds = typeof wait === 'number' ? wait : 0
  const words =
    byReason(details?.['reason']) ?? byLimit(code, details?.['limit']) ?? wordsFor(error)
  const [title, text, mayRetry = retryable] = words
  const isFull = code === 'rate_limited' && details?.['limit'] === 'session'
  return { title, text, mayRetry, isFull, waitSeconds, isToReport: toReport.has(words) }
}

type Words = readonly [title: string, text: string, mayRetry?: boolean]

const unreachable: Words = [
  'The chat cannot be reached',
  'Look at your connection, and try again.',
  true,
]
const noAnswer: Words = [
  'The assistant does not answer',
  'It may be busy or down. Try again in a while.',
  true,
]
const broken: Words = [
  'Something went wrong',
  'The answer could not be finished, and asking the same again will hardly help.',
  false,
]
const tooLate: Words = ['The answer took too long', 'Try again, or ask for less at once.', true]
const toReport: ReadonlySet<Words> = new Set([noAnswer, broken, tooLate])

function wordsFor({ code, message, retryable, nodeId }: ErrorShape): Words {
  switch (code) {
    case 'flow_failed':
      return message === '' ? broken : ['The assistant cannot answer this', message]
    case 'timeout':
      return tooLate
    case 'cancelled':
      return ['The answer was stopped', 'Ask again to have it whole.', true]
    case 'not_found':
      return [
        'There is no chat here',
        'The address may be mistyped, or the chat was closed.',
        false,
      ]
    case 'flow_not_published':
      return ['This chat is not open yet', 'Whoever made it has not published it. Come back later.']
    case 'unauthorized':
      return ['You are not let in any more', 'Load this page again to go on.', false]
    case 'provider_unreachable':
      // A node did not reach a provider; otherwise it is this browser that reaches nobody.
      return nodeId === undefined ? unreachable : noAnswer
    case 'draining':
      return ['The chat is being restarted', 'Try again in a moment.', true]
    case 'database_failed':
    case 'database_unavailable':
    case 'database_unauthorized':
    case 'provider_failed':
    case 'provider_unauthorized':
    case 'provider_model_unknown':
    case 'provider_limited':
    case 'upstream_disconnected':
    case 'upstream_protocol':
    case 'upstream_truncated':
      return noAnswer
    case 'input_invalid':
    case 'limit_exceeded':
      return ['This message cannot be taken', 'Make it shorter, or write it in other words.', false]
    case 'resume_gap':
      return ['A part of the answer was lost', 'Ask again to have it whole.', true]
    default:
      return retryable ? noAnswer : broken
  }
}

function byReason(reason: unknown): Words | undefined {
  switch (reason) {
    case 'origin':
      return [
        'This page may not show the chat',
        'Its address is not on the list of the chat.',
        false,
      ]
    case 'signature':
      return [
        'This chat knows its visitors',
        'Open it from the page that you are signed in to.',
        false,
      ]
    default:
      return undefined
  }
}

function byLimit(code: string, limit: unknown): Words | undefined {
  if (code !== 'rate_limited') return undefined
  switch (limit) {
    case 'session':
      return ['This conversation is full', 'Start a new chat to go on.', false]
    case 'day':
      return ['That was a lot for one day', 'This chat takes no more messages today.', true]
    case 'visitorsPerMinute':
      return ['Too many people came at once', 'Wait a moment, then try again.', true]
    default:
      return ['Too many messages', 'Wait a moment before the next one.', true]
  }
}
