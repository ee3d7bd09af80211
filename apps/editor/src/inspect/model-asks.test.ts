import type { RunCall } from '@millrace/flow'
import { expect, it } from 'vitest'
import { asksOf, waitBefore } from './model-asks.ts'

function call(attempt: number, startedAt: number, endedAt: number): RunCall {
  const usage = null
  return { nodeId: 'a', visit: 1, kind: 'model', attempt, startedAt, endedAt, usage, request: {} }
}

it('puts the attempts at one answer together, and tells the pauses between them', () => {
  const [first, second] = asksOf([call(1, 0, 90), call(2, 590, 700), call(1, 800, 900)])
  expect(first?.attempts.map(({ attempt }) => attempt)).toEqual([1, 2])
  expect(first && [waitBefore(first, 0), waitBefore(first, 1)]).toEqual([0, 500])
  expect(second?.attempts).toHaveLength(1)
})
