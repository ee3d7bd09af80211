import { expect, it } from 'vitest'
import { createMemoryRunLog } from './memory-run-log.ts'
import { endEntry, entries, testRunLog } from './testing/run-log-contract.ts'

testRunLog('The memory run log', () => ({ log: createMemoryRunLog() }))

it('forgets the oldest entries of a long run, and says which is the oldest it has', async () => {
  const log = createMemoryRunLog({ maxEntries: 10 })
  log.append('run', entries('run', 1, 40))
  expect(await log.read('run', 0, 5)).toEqual({ status: 'gap', oldest: 31 })
  expect(await log.read('run', 30, 5)).toMatchObject({ status: 'found', isEnd: false })
})

it('forgets the run that ended first when there are too many', async () => {
  const log = createMemoryRunLog({ keepEnded: 2 })
  for (const run of ['first', 'second', 'third']) {
    log.append(run, [...entries(run, 1, 1), endEntry(2)])
  }
  expect(await log.read('first', 0, 5)).toEqual({ status: 'unknown' })
  expect(await log.read('second', 0, 5)).toMatchObject({ status: 'found' })
})
