import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createHeartbeat } from './heartbeat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('beats for everybody on one timer, which stops with the last of them', () => {
  const heartbeat = createHeartbeat(15_000)
  const beats: string[] = []
  const stopFirst = heartbeat.add(() => beats.push('first'))
  const stopSecond = heartbeat.add(() => beats.push('second'))
  vi.advanceTimersByTime(15_000)
  expect(beats).toEqual(['first', 'second'])
  expect(vi.getTimerCount()).toBe(1)
  stopFirst()
  vi.advanceTimersByTime(15_000)
  expect(beats).toEqual(['first', 'second', 'second'])
  stopSecond()
  expect(vi.getTimerCount()).toBe(0)
})
