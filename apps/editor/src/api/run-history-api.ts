import {
  isRecord,
  type ErrorShape,
  type ModelUsage,
  type TraceLevel,
  type Usage,
} from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { environments, type Environment } from './environments.ts'
import { request, type RequestOptions } from './request.ts'
import { readRunFacts, type RunFacts } from './run-api.ts'
import { textOfJson } from './text-of-json.ts'

export type StoredRunState = RunFacts['state']

/** Who started a run: the designer, a client of the API, or *Run flow* in another run. */
export type RunOrigin = NonNullable<RunFacts['origin']>

/** A run of the history, as the list tells of it. */
export interface StoredRun extends RunFacts {
  readonly origin: RunOrigin
  readonly usage: Usage | null
  readonly models: readonly ModelUsage[]
  readonly trace: TraceLevel
  /** The conversation that it belongs to; `undefined` of one that no chat started. */
  readonly sessionId: string | undefined
  /** The run in which *Run flow* started it. */
  readonly parentRunId: string | undefined
  /** The run that it runs again, and the latest one that runs it again. */
  readonly againRunId: string | undefined
  readonly ranAgainAs: string | undefined
  /** Where it ran: `development` is what was saved or on the canvas. */
  readonly environment: Environment
  readonly error: Pick<ErrorShape, 'code' | 'message'> | undefined
}

/** Which runs are listed; those that fit all of it, the latest start first. */
export interface RunQuery {
  readonly flow?: string | undefined
  readonly state?: StoredRunState | undefined
  readonly session?: string | undefined
  readonly origin?: RunOrigin | undefined
  readonly environment?: Environment | undefined
  /** Started at or after, and before. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly limit?: number | undefined
  /** Where the page before ended: its `next`. */
  readonly before?: string | undefined
}

export interface RunPage {
  readonly runs: readonly StoredRun[]
  /** Leads to the runs before these; `undefined` when there are none. */
  readonly next: string | undefined
}

/** What is deleted together. */
export type RunGroup = { readonly session: string } | { readonly flow: string }

/** A page of the runs on the server. */
export async function listRuns(query: RunQuery, signal?: AbortSignal): Promise<RunPage> {
  const { body } = await request(`/runs?${searchOf(query)}`, withSignal(signal))
  if (!isRecord(body) || !Array.isArray(body['runs'])) throw unreadable('list of runs')
  const next = body['next']
  return {
    runs: body['runs'].filter(isRecord).map(readStoredRun),
    next: typeof next === 'string' ? next : undefined,
  }
}

/** How one run stands; one that is no longer kept is `not_found`. */
export async function findRun(id: string, signal?: AbortSignal): Promise<StoredRun> {
  const { body } = await request(pathOf(id), withSignal(signal))
  if (!isRecord(body)) throw unreadable('run')
  return readStoredRun(body)
}

/** Deletes up to a thousand runs with their logs, as far as they are there and ended. */
export async function deleteSomeRuns(ids: readonly string[]): Promise<void> {
  await request('/runs/delete', { method: 'POST', body: { ids } })
}

/** Deletes all ended runs of a session or of a flow; gives how many there were. */
export async function deleteRuns(group: RunGroup): Promise<number> {
  const { body } = await request(`/runs?${new URLSearchParams({ ...group }).toString()}`, {
    method: 'DELETE',
  })
  return isRecord(body) ? Number(body['deleted'] ?? 0) : 0
}

/** Stops a run; resolves when its end is in the log. */
export async function stopRun(id: string): Promise<StoredRun> {
  const { body } = await request(`${pathOf(id)}/stop`, { method: 'POST' })
  if (!isRecord(body)) throw unreadable('run')
  return readStoredRun(body)
}

/** All that is kept of a run, to be saved as a file: its record, its document, its events. */
export async function exportRun(id: string): Promise<unknown> {
  const { body } = await request(`${pathOf(id)}/export`, { timeoutMs: exportMs })
  return body
}

/** The same of many runs, in the order of their ids; those that are gone are left out. */
export async function exportRuns(ids: readonly string[]): Promise<readonly unknown[]> {
  const exported: unknown[] = []
  for (let start = 0; start < ids.length; start += maxExported) {
    const some = ids.slice(start, start + maxExported)
    const options = { method: 'POST', body: { ids: some }, timeoutMs: exportManyMs } as const
    const { body } = await request('/runs/export', options)
    if (!Array.isArray(body)) throw unreadable('export of runs')
    const runs: readonly unknown[] = body
    exported.push(...runs)
  }
  return exported
}

/** A long log takes its time, and many take longer. */
const exportMs = 120_000
const exportManyMs = 600_000
/** The server exports so many runs by one request. */
const maxExported = 1000

function pathOf(id: string): string {
  return `/runs/${encodeURIComponent(id)}`
}

function withSignal(signal: AbortSignal | undefined): RequestOptions {
  return signal === undefined ? {} : { signal }
}

function searchOf({ from, to, limit, ...texts }: RunQuery): string {
  const entries = Object.entries({
    ...texts,
    from: from?.toISOString(),
    to: to?.toISOString(),
    limit: limit?.toString(),
  })
  return new URLSearchParams(
    entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  ).toString()
}

const traces: readonly TraceLevel[] = ['summary', 'full', 'fullOnFailure']

function readStoredRun(run: Readonly<Record<string, unknown>>): StoredRun {
  const { error, models, usage } = run
  const facts = readRunFacts(run)
  return {
    ...facts,
    origin: facts.origin ?? 'client',
    usage: isRecord(usage) ? (usage as unknown as Usage) : null, // our own server of the same build
    models: Array.isArray(models) ? (models as readonly ModelUsage[]) : [], // the same
    trace: traces.find((trace) => trace === run['trace']) ?? 'summary',
    sessionId: optional(run['sessionId']),
    parentRunId: optional(run['parentRunId']),
    againRunId: optional(run['againRunId']),
    ranAgainAs: optional(run['ranAgainAs']),
    environment: environments.find((one) => one === run['environment']) ?? 'development',
    error: isRecord(error) ? readError(error) : undefined,
  }
}

function readError({ code, message }: Readonly<Record<string, unknown>>): StoredRun['error'] {
  // The server's codes are those of the editor of the same build.
  return { code: textOfJson(code, '') as ErrorShape['code'], message: textOfJson(message, '') }
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
