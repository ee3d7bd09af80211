import { errorForVisitor } from './error-for-visitor.ts'
import type { RunEvent } from './run-event.ts'

/**
 * Which readers an event is for: `full` sees all, `client` what the caller of a run may see, `visitor`
 * what of that is nobody's secret.
 */
export type RunView = 'full' | 'client' | 'visitor'

/** The event as a view shows it; `undefined` for one that it does not show. */
export function eventIn(view: RunView, event: RunEvent): RunEvent | undefined {
  switch (view) {
    case 'full':
      return event
    case 'client':
      return clientView(event)
    case 'visitor':
      return visitorView(event)
  }
}

/**
 * The event as the client view shows it: the start without its input and how it came about, yields and the end; `undefined`
 * for what a client does not see, so its numbers ascend with gaps.
 */
export function clientView(event: RunEvent): RunEvent | undefined {
  switch (event.type) {
    case 'run-start': {
      const { seq, at, type, runId, flowId, document, trace } = event
      return { seq, at, type, runId, flowId, document, trace }
    }
    case 'run-yield':
    case 'run-end':
      return event
    default:
      return undefined
  }
}

/** As clients see it, without usage, which is for who pays, and without words for operators. */
function visitorView(event: RunEvent): RunEvent | undefined {
  const visible = clientView(event)
  if (visible?.type !== 'run-end') return visible
  const { error, ...end } = visible
  return { ...end, usage: null, ...(error === undefined ? {} : { error: errorForVisitor(error) }) }
}
