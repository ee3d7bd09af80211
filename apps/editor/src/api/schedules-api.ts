import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'

/** What the server starts of a flow by the clock, and what came of the last time. */
export interface ServerSchedule {
  /** `undefined` when it starts nothing of it. */
  readonly scheduled:
    | { readonly environment: string; readonly nextAt: Date | undefined }
    | undefined
  readonly last:
    | {
        readonly dueAt: Date
        readonly runId: string | undefined
        /** Why no run was started then. */
        readonly error: string | undefined
      }
    | undefined
}

/** Throws an `ApiError`. */
export async function readServerSchedule(
  flowId: string,
  signal: AbortSignal,
): Promise<ServerSchedule> {
  const { body } = await request(`/flows/${encodeURIComponent(flowId)}/schedule`, { signal })
  if (!isRecord(body)) throw unreadable('schedule')
  const { scheduled, last } = body
  return {
    scheduled: isRecord(scheduled)
      ? { environment: String(scheduled['environment']), nextAt: dateOf(scheduled['nextAt']) }
      : undefined,
    last: isRecord(last) ? readLast(last) : undefined,
  }
}

function readLast(last: Readonly<Record<string, unknown>>): ServerSchedule['last'] {
  const { dueAt, runId, error } = last
  return {
    dueAt: new Date(String(dueAt)),
    runId: typeof runId === 'string' ? runId : undefined,
    error: isRecord(error) ? String(error['message']) : undefined,
  }
}

function dateOf(value: unknown): Date | undefined {
  return typeof value === 'string' ? new Date(value) : undefined
}
