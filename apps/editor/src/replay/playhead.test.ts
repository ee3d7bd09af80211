import { expect, it } from 'vitest'
import { createPlayhead } from './playhead.ts'

const times = [0, 100, 200, 1200]

it('comes to each event when it happened, from wherever it begins', () => {
  const playhead = createPlayhead({ count: 1, speed: 1, times: () => times })
  const moments = [5000, 5099, 5100, 5250, 6199, 6200]
  expect(moments.map((now) => playhead.move(now))).toEqual([
    undefined,
    undefined,
    2,
    3,
    undefined,
    4,
  ])
  const later = createPlayhead({ count: 3, speed: 1, times: () => times })
  expect([0, 999, 1000].map((now) => later.move(now))).toEqual([undefined, undefined, 4])
})

it('is ten times as fast at speed', () => {
  const playhead = createPlayhead({ count: 1, speed: 10, times: () => times })
  expect([0, 10, 20, 119, 120].map((now) => playhead.move(now))).toEqual([
    undefined,
    2,
    3,
    undefined,
    4,
  ])
})

it('moves in steps for whoever wants no motion, and loses no time by that', () => {
  const playhead = createPlayhead({ count: 1, speed: 1, times: () => times, everyMs: 500 })
  expect([0, 499, 500, 1000, 1500].map((now) => playhead.move(now))).toEqual([
    undefined,
    undefined,
    3,
    undefined,
    4,
  ])
})

it('plays on into events that came while it played', () => {
  let growing = [0, 100]
  const playhead = createPlayhead({ count: 1, speed: 1, times: () => growing })
  playhead.move(0)
  growing = [0, 100, 150]
  expect(playhead.move(160)).toBe(3)
})
