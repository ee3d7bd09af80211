import {
  addUsage,
  isRecord,
  type ErrorShape,
  type ModelUsage,
  type RunEventOf,
  type RunOutcome,
  type TraceLevel,
  type Usage,
} from '@millrace/flow'
import type { Environment } from '../environments/environment.ts'

/** Who starts runs: the editor, a client of the API, another run that calls the flow, or the clock. */
export const runOrigins = ['designer', 'client', 'flow', 'schedule'] as const

export type RunOrigin = (typeof runOrigins)[number]

/** How a run stands: what `GET /api/runs/{id}` answers. Times are epoch milliseconds. */
export interface RunRecord {
  readonly id: string
  readonly flowId: string
  readonly state: 'running' | RunOutcome
  readonly startedAt: number
  readonly endedAt: number | null
  /** The sum over all model calls so far; null when none reported any. */
  readonly usage: Usage | null
  /** The same by the model that answered; null is a model that did not say its name. */
  readonly models: readonly ModelUsage[]
  /** What is recorded, as it was when the run started. */
  readonly trace: TraceLevel
  /** The content hash of the document that runs. */
  readonly document: string
  /** As the input of a chat names it. */
  readonly sessionId: string | null
  readonly origin: RunOrigin
  /** The run that called this one. */
  readonly parentRunId: string | null
  /** The run that this one runs again, from one of its nodes on. */
  readonly againRunId: string | null
  /** The latest run that runs this one again, as far as the store knows. */
  readonly ranAgainAs?: string
  /** The key or the visitor that started it, as `starterOf` writes them; null for who designs. */
  readonly startedBy: string | null
  /** Where it ran: with what is published there, or as a draft. */
  readonly environment: Environment
  /** Of one whose start may come again. */
  readonly startKey?: StartKey
  /** The *Return* value of a run that completed. */
  readonly result?: unknown
  readonly error?: ErrorShape
}

/** What makes a start that comes again the same start: its client sends it as `Idempotency-Key`. */
export interface StartKey {
  /** Counts for its flow. */
  readonly key: string
  /** Of what else the start was, so that another one with the same key is found out. */
  readonly hash: string
}

/** The record of a run that a start that comes again does not find. */
export function withoutStartKey(record: RunRecord): RunRecord {
  const { startKey: _, ...others } = record
  return others
}

/** What the log keeps of a run that its events do not tell. */
export interface RunOpening {
  readonly origin: RunOrigin
  readonly parentRunId: string | null
  readonly startedBy: string | null
  readonly environment: Environment
  readonly startKey?: StartKey | undefined
  /** Makes the canonical text of the document that runs; asked for where the store lacks it. */
  readonly documentText: () => string
}

/** The record of a run that has just started. */
export function startRecord(
  event: RunEventOf<'run-start'>,
  { origin, parentRunId, startedBy, environment, startKey }: Omit<RunOpening, 'documentText'>,
): RunRecord {
  const { sessionId } = isRecord(event.input) ? event.input : {}
  return {
    id: event.runId,
    flowId: event.flowId,
    state: 'running',
    startedAt: event.at,
    endedAt: null,
    usage: null,
    models: [],
    trace: event.trace,
    document: event.document,
    sessionId: typeof sessionId === 'string' ? sessionId : null,
    origin,
    parentRunId,
    againRunId: event.again?.runId ?? null,
    startedBy,
    environment,
    ...(startKey === undefined ? {} : { startKey }),
  }
}

/** The record after a call whose provider said what it used. */
export function addCall(record: RunRecord, model: string | null, usage: Usage): RunRecord {
  const known = record.models.find((one) => one.model === model)
  const others = record.models.filter((one) => one !== known)
  const sum = addUsage(known?.usage ?? null, usage) ?? usage
  return {
    ...record,
    usage: addUsage(record.usage, usage),
    models: [...others, { model, usage: sum }],
  }
}

/** The record of a run that ended. */
export function endRecord(record: RunRecord, event: RunEventOf<'run-end'>): RunRecord {
  return {
    ...record,
    state: event.outcome,
    endedAt: event.at,
    usage: event.usage ?? null,
    ...(event.outcome === 'completed' ? { result: event.result ?? null } : {}),
    ...(event.error === undefined ? {} : { error: event.error }),
  }
}

/** The terminal event of a run, told anew to a reader that is past what is kept of its log. */
export function lostEndOf(record: RunRecord, { seq }: { seq: number }): RunEventOf<'run-end'> {
  const { state, result, error, usage } = record
  return {
    seq,
    at: record.endedAt ?? record.startedAt,
    type: 'run-end',
    outcome: state === 'running' ? 'interrupted' : state,
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
    usage,
    lost: true,
  }
}
