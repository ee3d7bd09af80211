import type { Problem } from '@millrace/flow'
import { expect, it } from 'vitest'
import { groupByNode } from './node-problems.ts'

function problem(nodeId: string, message: string): Problem {
  return { code: 'property_missing', severity: 'error', message, nodeId }
}

it('keeps the list of a node whose problems say what they said before', () => {
  const before = groupByNode([problem('a', 'one'), problem('b', 'two')], new Map())
  const after = groupByNode([problem('a', 'one'), problem('b', 'three')], before)
  expect(after.get('a')).toBe(before.get('a'))
  expect(after.get('b')).not.toBe(before.get('b'))
})

it('leaves out problems of the whole flow', () => {
  const { nodeId: _, ...ofTheFlow } = problem('a', 'no entry')
  expect(groupByNode([ofTheFlow], new Map()).size).toBe(0)
})
