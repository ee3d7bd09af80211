import type { RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { edges, flowOf, node } from './fixture-nodes.ts'
import { lawBreaches } from './law-breaches.ts'
import { eventsOf, start } from './run-fixture.ts'

const flow = flowOf(
  [node('repeat', { times: 2 }), node('say', { value: 1 })],
  edges('repeat.each -> say'),
)

/** The log of a good run without some of its events, numbered anew. */
async function logWithout(isLeftOut: (event: RunEvent) => boolean) {
  const events = await eventsOf(start(flow, { trace: 'full' }))
  return events
    .filter((event) => !isLeftOut(event))
    .map((event, index) => ({ ...event, seq: index + 1 }))
}

describe('the law of a log', () => {
  it('[E1] is kept by a run', async () => {
    expect(lawBreaches(await logWithout(() => false))).toEqual([])
  })

  it.each<[string, RunEvent['type'], string | RegExp]>([
    ['a start', 'run-start', 'run-start is not the first'],
    ['an end', 'run-end', 'run-end is not the last'],
    ['starts of visits', 'node-start', /is of 2, which is not open/],
    ['ends of visits', 'node-end', '3 never ends'],
  ])('is broken without %s', async (_, left, breach) => {
    const log = await logWithout(({ type }) => type === left)
    expect(lawBreaches(log).join('; ')).toMatch(breach)
  })

  it('is broken by a gap, and by a visit that ends before what is in it', async () => {
    const events = await eventsOf(start(flow, { trace: 'full' }))
    expect(lawBreaches(events.filter(({ seq }) => seq !== 5))).toContain('6 stands at 5')
    const early = events.findIndex((event) => event.type === 'node-end' && event.visit === 1)
    const moved = [...events.slice(0, 4), ...events.slice(early, early + 1), ...events.slice(4)]
    expect(lawBreaches(moved).join('; ')).toMatch('ends 1 before what is in it')
  })
})
