import type { LogEntry } from '@millrace/engine'
import type { Environment } from '../environments/environment.ts'
import type { TraceContext } from '../http/trace-context.ts'
import type { RunKind } from './run-kind.ts'
import type { RunOrigin } from './run-record.ts'

/** A run that is about to start, as far as its events do not tell. */
export interface ObservedRun {
  readonly flowId: string
  readonly kind: RunKind
  readonly origin: RunOrigin
  readonly environment: Environment
  /** The run that calls it. */
  readonly parentRunId: string | null
  /** The trace in which its client asked for it. */
  readonly traceContext: TraceContext | undefined
}

/**
 * Looks on at a run: is told what its log takes, in order and each event once. It has to be quick,
 * as it runs in the turn that streams, and must not throw.
 */
export type ObserveRun = (run: ObservedRun) => (entries: readonly LogEntry[]) => void

/** Several that look on as one. */
export function observeTogether(observers: readonly ObserveRun[]): ObserveRun {
  return (run) => {
    const observing = observers.map((observe) => observe(run))
    return (entries) => {
      for (const each of observing) each(entries)
    }
  }
}
