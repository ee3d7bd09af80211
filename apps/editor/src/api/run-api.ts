import { isRecord, type JsonValue, type RunState } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'

/** How a run stands, as the server tells it. */
export interface RunFacts {
  readonly id: string
  readonly flowId: string
  readonly state: Exclude<RunState['status'], 'pending'>
  readonly startedAt: Date
  /** `undefined` while it goes on. */
  readonly endedAt: Date | undefined
  /** Who started it: this editor, a client, or another flow; `undefined` where it is not told. */
  readonly origin: 'designer' | 'client' | 'flow' | 'schedule' | undefined
}

/** The document that a run ran; one that is no longer kept is `not_found`. */
export async function readRunDocument(runId: string, signal: AbortSignal): Promise<JsonValue> {
  const { body } = await request(`${pathOf(runId)}/document`, { signal })
  return body as JsonValue // it was parsed from JSON
}

function pathOf(runId: string): string {
  return `/runs/${encodeURIComponent(runId)}`
}

const states: readonly unknown[] = ['running', 'completed', 'failed', 'cancelled', 'interrupted']
const origins: readonly unknown[] = ['designer', 'client', 'flow', 'schedule']

/** Reads how a run stands out of what the server says of it. Throws an `ApiError`. */
export function readRunFacts(body: unknown): RunFacts {
  if (!isRecord(body)) throw unreadable('run')
  const { id, flowId, state, startedAt, endedAt, origin } = body
  if (typeof id !== 'string' || typeof flowId !== 'string' || !states.includes(state)) {
    throw unreadable('run')
  }
  return {
    id,
    flowId,
    state: state as RunFacts['state'], // it is one of them, as was seen above
    startedAt: new Date(String(startedAt)),
    endedAt: typeof endedAt === 'string' ? new Date(endedAt) : undefined,
    origin: origins.includes(origin) ? (origin as RunFacts['origin']) : undefined, // one of them
  }
}
