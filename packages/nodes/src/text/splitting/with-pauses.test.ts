import { expect, it } from 'vitest'
import { withPauses } from './with-pauses.server.ts'

function* numbers(): Generator<number> {
  for (let number = 0; ; number += 1) yield number
}

it('lets others have a turn while items are made without end, and stops when it is told to', async () => {
  const controller = new AbortController()
  setImmediate(() => controller.abort(new Error('Enough.')))
  const taken: number[] = []
  const taking = (async () => {
    for await (const number of withPauses(numbers(), controller.signal)) taken[0] = number
  })()
  await expect(taking).rejects.toThrow('Enough.')
  expect(taken[0]).toBeGreaterThan(0)
})

it('gives every item of a list', async () => {
  const given: number[] = []
  const { signal } = new AbortController()
  for await (const number of withPauses([1, 2, 3], signal)) given.push(number)
  expect(given).toEqual([1, 2, 3])
})
