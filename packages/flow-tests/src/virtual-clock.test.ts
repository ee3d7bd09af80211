import { expect, it } from 'vitest'
import { VirtualClock } from './virtual-clock.ts'

const never = new AbortController().signal

it('[T6] ends waits in the order of their ends, and those that are equal as they began', async () => {
  const clock = new VirtualClock()
  const began = clock.now()
  const ends: [string, number][] = []
  const wait = async (name: string, ms: number) => {
    await clock.wait(ms, never)
    ends.push([name, clock.now() - began])
  }
  await Promise.all([wait('long', 3_600_000), wait('short', 5), wait('same', 5), wait('none', 0)])
  expect(ends).toEqual([
    ['none', 0],
    ['short', 5],
    ['same', 5],
    ['long', 3_600_000],
  ])
})

it('[T6] lets go of a wait that is aborted', async () => {
  const clock = new VirtualClock()
  const stop = new AbortController()
  const waiting = clock.wait(10, stop.signal)
  stop.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  await expect(clock.wait(10, stop.signal)).rejects.toThrow('stopped')
})
