import type { RunEvent, RunOutcome } from '@millrace/flow'

/** Where a step stops: what a node does, and the ends of the run; not each piece of a text. */
function isStep({ type }: RunEvent): boolean {
  return (
    type === 'run-start' ||
    type === 'node-start' ||
    type === 'node-end' ||
    type === 'node-error' ||
    type === 'run-end'
  )
}

/**
 * How many events have come after a step forward or back from where `count` of them have;
 * `undefined` at the end of the log.
 */
export function stepFrom(
  events: readonly RunEvent[],
  count: number,
  direction: 1 | -1,
): number | undefined {
  if (direction === 1) {
    const next = events.findIndex((event, index) => index >= count && isStep(event))
    return next === -1 || next === events.length - 1 ? undefined : next + 1
  }
  const before = events.findLastIndex((event, index) => index < count - 1 && isStep(event))
  return before === -1 ? Math.min(1, events.length) : before + 1
}

/** What an event is, as a step through a run tells it. */
export function eventWords(event: RunEvent, nameOf: (visit: number) => string): string {
  switch (event.type) {
    case 'run-start':
      return 'The run starts'
    case 'node-start':
      return `${nameOf(event.visit)} starts`
    case 'node-input':
      return `${nameOf(event.visit)} has its input`
    case 'node-call':
      return `${nameOf(event.visit)} made a call`
    case 'node-delta':
      return `${nameOf(event.visit)} streams`
    case 'node-log':
      return event.visit === undefined
        ? 'A note in the log'
        : `${nameOf(event.visit)} noted something`
    case 'node-end':
      return `${nameOf(event.visit)} ${event.skipped === true ? 'is skipped' : 'ends'}`
    case 'node-error':
      return `${nameOf(event.visit)} ${event.error.code === 'cancelled' ? 'is cancelled' : 'fails'}`
    case 'run-yield':
      return `${nameOf(event.visit)} yields a value`
    case 'run-end':
      return endWords[event.outcome]
    default:
      // A newer sender's event.
      return (event satisfies never as RunEvent).type
  }
}

const endWords: Readonly<Record<RunOutcome, string>> = {
  completed: 'The run is completed',
  failed: 'The run failed',
  cancelled: 'The run was stopped',
  interrupted: 'The run was interrupted',
}
