import { expect, it } from 'vitest'
import { visitsIn } from './testing/sample-visits.ts'
import { callsInside, timesOfVisit } from './visit-times.ts'

it('counts the calls of what runs inside a visit, and gives the rest to the engine', () => {
  const visits = visitsIn('full', [
    { type: 'node-start', visit: 1, nodeId: 'country' },
    { type: 'node-start', visit: 2, nodeId: 'chat', parent: 1, port: 'forEachItem', iteration: 1 },
    { type: 'node-call', visit: 2, kind: 'model', attempt: 1, startedAt: 2, ms: 2 },
    { type: 'node-end', visit: 2 },
    { type: 'node-end', visit: 1 },
    { type: 'node-start', visit: 3, nodeId: 'chat' },
    { type: 'node-call', visit: 3, kind: 'model', attempt: 1, startedAt: 6, ms: 1 },
  ])
  const [outer] = visits.all.values()
  expect(outer && callsInside(outer, visits).map(({ visit }) => visit)).toEqual([2])
  expect(outer && timesOfVisit(outer, visits, 99)).toEqual({
    totalMs: 4,
    modelMs: 2,
    otherMs: 0,
    pauseMs: 0,
    engineMs: 2,
  })
})
