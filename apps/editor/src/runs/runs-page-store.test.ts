import { afterEach, expect, it, vi } from 'vitest'
import { runList, runsPageCommands } from './runs-page-store.ts'

afterEach(() => void vi.unstubAllGlobals())

/** A server with so many runs, the latest first; its pages go on with the number of the last. */
function serve(count: number): void {
  vi.stubGlobal('fetch', (path: string) => {
    const search = new URLSearchParams(path.slice(path.indexOf('?')))
    const first = Number(search.get('before') ?? count)
    const length = Math.min(first, Number(search.get('limit')))
    const runs = Array.from({ length }, (_, index) => run(first - index))
    return Promise.resolve(
      Response.json({ runs, next: first > length ? `${first - length}` : null }),
    )
  })
}

function run(number: number) {
  const startedAt = new Date(number * 1000).toISOString()
  return { id: `${number}`, flowId: 'chat', state: 'completed', startedAt, endedAt: startedAt }
}

it('stands as it was on the way back from a run, with what is new in front', async () => {
  serve(400)
  await runsPageCommands.visit({ flow: 'chat' })
  await runList.loadMore()
  serve(401)
  await runsPageCommands.visit({ flow: 'chat' })
  const { runs } = runList.getState()
  expect(runs.map(({ id }) => Number(id))).toEqual(Array.from({ length: 251 }, (_, at) => 401 - at))
  await runsPageCommands.visit({})
  expect(runList.getState().runs).toHaveLength(50)
})
