import { environmentNames, type Environment } from '../api/environments.ts'
import type { RunOrigin, RunQuery, StoredRunState } from '../api/run-history-api.ts'

/** What the list of runs is narrowed to. It stands in the page's address, so that it can be shared. */
export interface RunFilter {
  readonly flow?: string | undefined
  readonly state?: StoredRunState | undefined
  readonly session?: string | undefined
  readonly origin?: RunOrigin | undefined
  readonly environment?: Environment | undefined
  readonly since?: Since | undefined
  /** Both in ISO, so that they mean the same everywhere; `since` is left out where they stand. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The latest stretch of time. */
export type Since = keyof typeof lengths

const hour = 3_600_000
const lengths = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour }

const states = {
  running: true,
  completed: true,
  failed: true,
  cancelled: true,
  interrupted: true,
} satisfies Record<StoredRunState, true>
const origins = { designer: true, client: true, flow: true, schedule: true } satisfies Record<
  RunOrigin,
  true
>

/** The filter in the query of an address; what is no filter counts as left out. */
export function filterOf(query: string): RunFilter {
  const search = new URLSearchParams(query)
  const { from, to } = { from: timeIn(search, 'from'), to: timeIn(search, 'to') }
  const since = oneOf(lengths, search.get('since'))
  const filter = {
    flow: textIn(search, 'flow'),
    state: oneOf(states, search.get('state')),
    session: textIn(search, 'session'),
    origin: oneOf(origins, search.get('origin')),
    environment: oneOf(environmentNames, search.get('environment')),
    since: from === undefined && to === undefined ? since : undefined,
    from,
    to,
  }
  return without(filter)
}

/** What an address asks for that is no filter, each as it stands there, such as `state=broken`. */
export function unknownIn(query: string): readonly string[] {
  const search = new URLSearchParams(query)
  const filter = filterOf(query)
  // One that gives way to exact times is a filter all the same.
  const taken: RunFilter = { ...filter, since: oneOf(lengths, search.get('since')) }
  return [...search]
    .filter(([name, value]) => value !== '' && !Object.hasOwn(without(taken), name))
    .map(([name, value]) => `${name}=${value}`)
}

/** The address of the runs that a filter leaves. */
export function runsPath(filter: RunFilter = {}): string {
  const search = new URLSearchParams(
    Object.entries(without(filter)) as [string, string][],
  ).toString()
  return search === '' ? '/runs' : `/runs?${search}`
}

/** What the server is asked for. */
export function queryOf({ since, from, to, ...others }: RunFilter, now: Date): RunQuery {
  const start = since === undefined ? from : now.getTime() - lengths[since]
  return {
    ...others,
    from: start === undefined ? undefined : new Date(start),
    to: to === undefined ? undefined : new Date(to),
  }
}

/** Whether a filter leaves anything out. */
export function isNarrowed(filter: RunFilter): boolean {
  return Object.keys(without(filter)).length > 0
}

function textIn(search: URLSearchParams, name: string): string | undefined {
  return search.get(name)?.trim() || undefined
}

function timeIn(search: URLSearchParams, name: string): string | undefined {
  const time = new Date(search.get(name) ?? '')
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

function oneOf<Key extends string>(
  table: Readonly<Record<Key, unknown>>,
  value: string | null,
): Key | undefined {
  // An own key of the table is one of its keys.
  return value !== null && Object.hasOwn(table, value) ? (value as Key) : undefined
}

/** The filter with only what it says, always in the same order: one filter has one address. */
function without(filter: RunFilter): RunFilter {
  const { flow, state, session, origin, environment, since, from, to } = filter
  const parts = { flow, state, session, origin, environment, since, from, to }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}
