import { expect, it } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import type { RunQuery, StoredRun } from '../api/run-history-api.ts'
import { createRunList, pageLength, type RunSource } from './create-run-list.ts'
import { storedRun } from './testing/stored-run.ts'

/** A server whose runs a test changes; its pages end where the limit says. */
function fakeServer(...started: readonly StoredRun[]): RunSource & { runs: StoredRun[] } {
  const server = {
    runs: [...started],
    async list({ limit = pageLength, before, state }: RunQuery) {
      const all = server.runs.filter((run) => state === undefined || run.state === state)
      const start = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1
      const runs = all.slice(start, start + limit)
      return { runs, next: start + limit < all.length ? runs.at(-1)?.id : undefined }
    },
    async find(id: string) {
      const run = server.runs.find((one) => one.id === id)
      if (run === undefined) throw new ApiError('not_found', `There is no run "${id}".`)
      return run
    },
  }
  return server
}

/** So many runs, the latest first. */
function many(count: number): readonly StoredRun[] {
  return Array.from({ length: count }, (_, index) =>
    storedRun(`run-${count - index}`, count - index),
  )
}

function idsOf(runs: readonly StoredRun[]): readonly string[] {
  return runs.map(({ id }) => id)
}

it('lists page by page, each run once, also when others start in between', async () => {
  const server = fakeServer(...many(120))
  const list = createRunList(server)
  await list.show({})
  server.runs.unshift(storedRun('late', 200))
  await list.loadMore()
  await list.loadMore()
  expect(idsOf(list.getState().runs)).toEqual(idsOf(many(120)))
  expect(list.getState().next).toBeUndefined()
})

it('lets new runs wait, so that nothing moves, and puts them in front when asked', async () => {
  const server = fakeServer(...many(2))
  const list = createRunList(server)
  await list.show({})
  server.runs.unshift(storedRun('new', 10))
  await list.refresh()
  expect(idsOf(list.getState().runs)).toEqual(['run-2', 'run-1'])
  expect(idsOf(list.getState().fresh)).toEqual(['new'])
  await list.showFresh()
  expect(idsOf(list.getState().runs)).toEqual(['new', 'run-2', 'run-1'])
  expect(list.getState().fresh).toEqual([])
})

it('reads the list anew when more runs wait than a page holds', async () => {
  const server = fakeServer(storedRun('old', 0))
  const list = createRunList(server)
  await list.show({})
  server.runs.unshift(...many(pageLength + 10))
  await list.refresh()
  expect(list.getState()).toMatchObject({ hasMoreFresh: true, runs: [{ id: 'old' }] })
  await list.showFresh()
  expect(list.getState().runs).toHaveLength(pageLength)
  expect(list.getState()).toMatchObject({ fresh: [], hasMoreFresh: false })
})

it('tells how a run ended that the filter does not list any more, and drops one that is gone', async () => {
  const going = { state: 'running', endedAt: undefined } as const
  const server = fakeServer(storedRun('ends', 2, going), storedRun('goes', 1, going))
  const list = createRunList(server)
  await list.show({ state: 'running' })
  server.runs = [storedRun('ends', 2, { state: 'failed' })]
  await list.refresh()
  expect(list.getState().runs).toEqual([storedRun('ends', 2, { state: 'failed' })])
})

it('drops ended runs that were deleted elsewhere, and none that a page only does not reach', async () => {
  const server = fakeServer(...many(pageLength + 2))
  const list = createRunList(server)
  await list.show({})
  await list.loadMore()
  server.runs = server.runs.filter(({ id }) => id !== 'run-30')
  await list.refresh()
  expect(idsOf(list.getState().runs)).toEqual(idsOf(server.runs))
})

it('takes the runs that a deleted run called out of view, however deep', async () => {
  const list = createRunList(
    fakeServer(
      storedRun('other', 4, { parentRunId: 'elsewhere' }),
      storedRun('deep', 3, { parentRunId: 'called' }),
      storedRun('called', 2, { parentRunId: 'caller' }),
      storedRun('caller', 1),
    ),
  )
  await list.show({})
  await list.remove(new Set(['caller']))
  expect(idsOf(list.getState().runs)).toEqual(['other'])
})

it('lists what comes next when all that was in view is deleted', async () => {
  const server = fakeServer(...many(pageLength + 2))
  const list = createRunList(server)
  await list.show({})
  const gone = new Set(idsOf(list.getState().runs))
  server.runs = server.runs.filter(({ id }) => !gone.has(id))
  await list.remove(gone)
  expect(idsOf(list.getState().runs)).toEqual(['run-2', 'run-1'])
})

it('keeps the object of a run that stands as it did, so that its row is not drawn again', async () => {
  const server = fakeServer(...many(1))
  const list = createRunList(server)
  await list.show({})
  const [before] = list.getState().runs
  server.runs = server.runs.map((run) => ({ ...run }))
  await list.refresh()
  expect(list.getState().runs[0]).toBe(before)
})

it('takes no answer about a list that is no longer shown', async () => {
  const slow = Promise.withResolvers<void>()
  const server = fakeServer(...many(3))
  const list = createRunList({
    ...server,
    async list(query) {
      if (query.flow === 'slow') await slow.promise
      return server.list(query)
    },
  })
  const first = list.show({ flow: 'slow' })
  await list.show({ state: 'failed' })
  slow.resolve()
  await first
  expect(list.getState()).toMatchObject({ status: 'ready', runs: [] })
})

it('says why a list cannot be read', async () => {
  const list = createRunList({
    ...fakeServer(),
    list: () => Promise.reject(new ApiError('forbidden', 'Only the operator sees runs.')),
  })
  await list.show({})
  expect(list.getState()).toMatchObject({ status: 'failed', error: { code: 'forbidden' } })
})
