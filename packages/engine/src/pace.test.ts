import { describe, expect, it } from 'vitest'
import { Pace } from './pace.ts'
import { fakeServices } from './testing/fake-services.ts'
import { edges, flowOf, node } from './testing/fixture-nodes.ts'
import { start } from './testing/run-fixture.ts'

const body = [node('repeat', { times: 5000 }), node('say', { value: 1 })]

/** In how many turns of the event loop something is done. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let isDone = false
  void work.then(() => (isDone = true))
  while (!isDone) {
    await new Promise(setImmediate)
    turns += 1
  }
  return turns
}

describe('a loop whose nodes never wait', () => {
  it.each([
    ['with a node in its block', flowOf(body, edges('repeat.each -> say'))],
    ['with nothing in its block', flowOf(body.slice(0, 1), [])],
  ])('[E23] %s gives way to others after 1,000 starts', async (_, flow) => {
    const turns = await turnsOf(start(flow).end)
    expect(turns).toBeGreaterThanOrEqual(4)
    expect(turns).toBeLessThan(10)
  })

  it('[E23] gives way after 20 ms when its nodes take long', async () => {
    let time = 0
    // Each look at the clock takes a millisecond.
    const services = fakeServices({ now: () => (time += 1) })
    const few = flowOf(
      [node('repeat', { times: 100 }), ...body.slice(1)],
      edges('repeat.each -> say'),
    )
    expect(await turnsOf(start(few, { services }).end)).toBeGreaterThanOrEqual(5)
  })

  it('[E23] is not held up when its turns end by themselves', async () => {
    const pace = new Pace(() => 0)
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 1000; index += 1) expect(pace.start()).toBeUndefined()
      await new Promise(setImmediate)
    }
  })
})
