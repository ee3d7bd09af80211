import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLooks } from './create-looks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function world({
  isSeen = () => true,
  look = () => Promise.resolve(),
}: Partial<Parameters<typeof createLooks>[0]> = {}) {
  let count = 0
  const looks = createLooks({
    isSeen,
    look() {
      count += 1
      return look()
    },
  })
  return { looks, count: () => count }
}

it('looks at once, and once more for all that was wished in the meantime', async () => {
  const { looks, count } = world()
  looks.wish()
  expect(count()).toBe(1)
  for (let wish = 0; wish < 20; wish += 1) looks.wish()
  await vi.advanceTimersByTimeAsync(900)
  expect(count()).toBe(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(count()).toBe(2)
})

it('asks nothing while nothing happens', async () => {
  const { looks, count } = world()
  looks.wish()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(count()).toBe(1)
})

it('waits for a look that takes long, and for somebody who sees it', async () => {
  const slow = Promise.withResolvers<void>()
  let isSeen = true
  const { looks, count } = world({ isSeen: () => isSeen, look: () => slow.promise })
  looks.wish()
  looks.wish()
  await vi.advanceTimersByTimeAsync(5000)
  expect(count()).toBe(1)
  isSeen = false
  slow.resolve()
  await vi.advanceTimersByTimeAsync(5000)
  expect(count()).toBe(1)
  isSeen = true
  looks.wish()
  expect(count()).toBe(2)
})

it('looks again after a look that failed', async () => {
  const { looks, count } = world({ look: () => Promise.reject(new Error('gone')) })
  looks.wish()
  looks.wish()
  await vi.advanceTimersByTimeAsync(1000)
  expect(count()).toBe(2)
})

it('looks no more once it is closed', async () => {
  const { looks, count } = world()
  looks.wish()
  looks.wish()
  looks.close()
  await vi.advanceTimersByTimeAsync(5000)
  looks.wish()
  expect(count()).toBe(1)
})
