import { createStore, type StoreApi } from 'zustand/vanilla'
import { toApiError, type ApiError } from '../api/api-error.ts'
import type { RunPage, RunQuery, StoredRun } from '../api/run-history-api.ts'

/** A list of runs, the latest start first, as this window knows it. */
export interface RunListState {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly runs: readonly StoredRun[]
  /** Leads to earlier runs; `undefined` when all are in view. */
  readonly next: string | undefined
  /** Runs that started since the list was read; they wait, so that nothing moves under a reader. */
  readonly fresh: readonly StoredRun[]
  /** There are more of them than `fresh` holds. */
  readonly hasMoreFresh: boolean
  readonly isLoadingMore: boolean
  readonly error: ApiError | undefined
}

/** What a list asks; each call rejects with an `ApiError`. */
export interface RunSource {
  list(query: RunQuery): Promise<RunPage>
  find(id: string): Promise<StoredRun>
}

export interface RunList extends StoreApi<RunListState> {
  /** Lists the runs that fit, in the place of those in view; a failure is in the store, not thrown. */
  show(query: RunQuery): Promise<void>
  /** Lists the runs before those in view. */
  loadMore(): Promise<void>
  /** Looks quietly for what has changed: how runs in view stand, which started since, which are gone. */
  refresh(): Promise<void>
  /** Puts the runs that waited in front of the others. */
  showFresh(): Promise<void>
  /** Lists the same anew. */
  reload(): Promise<void>
  /**
   * Takes deleted runs out of view, and those that they called, which went with them. Where none is
   * left in view, what comes after them is listed.
   */
  remove(ids: ReadonlySet<string>): Promise<void>
}

/** So many runs make the first page, and those that follow: whoever reads on reads far. */
export const pageLength = 50
const earlierLength = 200
/** At most so many runs that go on, further down, are asked after one by one. */
const maxAskedAfter = 20

const nothing: RunListState = {
  status: 'loading',
  runs: [],
  next: undefined,
  fresh: [],
  hasMoreFresh: false,
  isLoadingMore: false,
  error: undefined,
}

export function createRunList(source: RunSource): RunList {
  const store = createStore<RunListState>()(() => nothing)
  const { getState, setState } = store
  let query: RunQuery = {}
  /** Counts the lists, so that an answer about another one changes nothing. */
  let turn = 0

  async function read(): Promise<void> {
    const mine = (turn += 1)
    setState({ isLoadingMore: false })
    try {
      const { runs, next } = await source.list({ ...query, limit: pageLength })
      if (mine === turn) setState({ ...nothing, status: 'ready', runs, next })
    } catch (thrown) {
      if (mine === turn) setState({ status: 'failed', error: toApiError(thrown) })
    }
  }

  /** A run whose state changed in view is not listed by its new one. */
  function isMeant({ state }: StoredRun): boolean {
    return state !== 'running' && (query.state === undefined || query.state === state)
  }

  return {
    ...store,
    async show(wanted) {
      query = wanted
      setState(nothing)
      await read()
    },

    async loadMore() {
      const { next, isLoadingMore } = getState()
      if (next === undefined || isLoadingMore) return
      const mine = turn
      setState({ isLoadingMore: true })
      try {
        const page = await source.list({ ...query, limit: earlierLength, before: next })
        if (mine !== turn) return
        const { runs } = getState()
        setState({ runs: [...runs, ...withoutKnown(page.runs, runs)], next: page.next })
      } finally {
        if (mine === turn) setState({ isLoadingMore: false })
      }
    },

    async refresh() {
      const { status, runs } = getState()
      if (status !== 'ready') return read()
      const mine = turn
      const page = await source.list({ ...query, limit: pageLength })
      const listed = new Set(page.runs.map(({ id }) => id))
      const others = runs.filter(({ id, state }) => state === 'running' && !listed.has(id))
      const asked = await Promise.all(
        others
          .slice(0, maxAskedAfter)
          .map(async ({ id }) => [id, await found(source, id)] as const),
      )
      if (mine !== turn) return
      const gone = new Set([
        ...asked.flatMap(([id, run]) => (run === undefined ? [id] : [])),
        ...missing(page, runs.filter(isMeant)).map(({ id }) => id),
      ])
      const latest = [...page.runs, ...asked.flatMap(([, run]) => run ?? [])]
      const known = getState().runs.filter(({ id }) => !gone.has(id))
      const first = known[0]
      // A page that comes to what is known leaves out nothing that is newer.
      const waiting = withoutKnown(page.runs, known).filter(
        ({ startedAt }) => first === undefined || startedAt >= first.startedAt,
      )
      setState({
        runs: changed(known, latest),
        fresh: waiting,
        hasMoreFresh: page.next !== undefined && waiting.length === page.runs.length,
      })
    },

    async showFresh() {
      const { fresh, hasMoreFresh, runs } = getState()
      if (hasMoreFresh) return read()
      setState({ runs: [...withoutKnown(fresh, runs), ...runs], fresh: [], hasMoreFresh: false })
    },

    reload: read,

    async remove(ids) {
      const { runs, fresh, next } = getState()
      const gone = withCalled(ids, [...fresh, ...runs])
      const stays = ({ id }: StoredRun) => !gone.has(id)
      const left = { runs: runs.filter(stays), fresh: fresh.filter(stays) }
      if (left.runs.length === 0 && next !== undefined) {
        setState(nothing)
        await read()
      } else setState(left)
    },
  }
}

/** `undefined` for a run that is no longer kept. */
async function found(source: RunSource, id: string): Promise<StoredRun | undefined> {
  try {
    return await source.find(id)
  } catch (thrown) {
    if (toApiError(thrown).code === 'not_found') return undefined
    throw thrown
  }
}

/** The ended runs that a page would hold if they were still kept. */
function missing({ runs, next }: RunPage, ended: readonly StoredRun[]): readonly StoredRun[] {
  const last = next === undefined ? undefined : runs.at(-1)
  return withoutKnown(ended, runs).filter(
    ({ startedAt }) => last === undefined || startedAt > last.startedAt,
  )
}

function withoutKnown(
  runs: readonly StoredRun[],
  known: readonly StoredRun[],
): readonly StoredRun[] {
  const ids = new Set(known.map(({ id }) => id))
  return runs.filter(({ id }) => !ids.has(id))
}

/** Runs start after those that call them, so the latest come first in `runs`. */
function withCalled(ids: ReadonlySet<string>, runs: readonly StoredRun[]): ReadonlySet<string> {
  const gone = new Set(ids)
  for (const { id, parentRunId } of runs.toReversed()) {
    if (parentRunId !== undefined && gone.has(parentRunId)) gone.add(id)
  }
  return gone
}

/** The runs as they stand now; one that stands as it did is the same object. */
function changed(runs: readonly StoredRun[], latest: readonly StoredRun[]): readonly StoredRun[] {
  const byId = new Map(latest.map((run) => [run.id, run]))
  return runs.map((run) => {
    const now = byId.get(run.id)
    return now === undefined || isSame(now, run) ? run : now
  })
}

function isSame(left: StoredRun, right: StoredRun): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
