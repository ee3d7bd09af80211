import type { WatchedRun } from './watched-run.ts'

/** What is said of the run in the title of the tab. */
export interface TitledRun {
  readonly status: WatchedRun['status']
  /** It ended while the tab was not looked at, and nobody has looked since. */
  readonly hasEndedUnseen: boolean
}

/** The title of the tab: the flow, and before it how its run stands where that is news. */
export function tabTitle(flowName: string, { status, hasEndedUnseen }: TitledRun): string {
  const sign = signOf(status, hasEndedUnseen)
  return `${sign === undefined ? '' : `${sign} `}${flowName} · Millrace`
}

function signOf(status: WatchedRun['status'], hasEndedUnseen: boolean): string | undefined {
  switch (status) {
    case 'starting':
    case 'pending':
    case 'running':
      return '▶'
    case 'completed':
      return hasEndedUnseen ? '✓' : undefined
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return hasEndedUnseen ? '✗' : undefined
    case 'idle':
      return undefined
  }
}
