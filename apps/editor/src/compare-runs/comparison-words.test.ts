import type { ComparedNode } from '@millrace/flow'
import { expect, it } from 'vitest'
import {
  differenceWords,
  figureRowsOf,
  headingOf,
  outcomeRow,
  placeText,
  sideText,
} from './comparison-words.ts'

const usage = { inputTokens: 900, outputTokens: 600, totalTokens: 1_500 }
const node: ComparedNode = {
  nodeId: 'chat',
  left: { status: 'completed', visits: 3, ms: 1_200, usage },
  right: { status: 'failed', visits: 1, ms: 40, usage: null },
  differsIn: ['status', 'visits', 'outputs'],
  outputs: { visit: 1, path: ['hits', 2, 'score'], left: 0.5, right: undefined },
}

it('puts the figures of a node side by side, and marks no time as a difference', () => {
  expect(figureRowsOf(node)).toEqual([
    { label: 'Status', left: 'Completed', right: 'Failed', differs: true },
    { label: 'Visits', left: '3', right: '1', differs: true },
    { label: 'Time', left: '1.20 s', right: '40 ms', differs: false },
    { label: 'Tokens', left: '1,500', right: '–', differs: false },
  ])
})

it('calls the outcomes of runs and the states of nodes as everything else does', () => {
  const figures = { ms: 40, usage: null, document: undefined, yields: [], result: null }
  expect(
    outcomeRow({
      left: { ...figures, outcome: 'cancelled' },
      right: { ...figures, outcome: undefined },
    }),
  ).toEqual({ label: 'Outcome', left: 'Stopped', right: '–', differs: true })
  const stopped = { status: 'cancelled', visits: 1, ms: 40, usage: null } as const
  const ran = { ...stopped, status: 'pinned' } as const
  expect(differenceWords({ ...node, left: stopped, right: ran, differsIn: ['status'] })).toBe(
    'Cancelled / Not run',
  )
})

it('says in what a node differs, and where', () => {
  expect(differenceWords(node)).toBe('Completed / Failed, ×3 / ×1, other outputs')
  expect(differenceWords({ ...node, left: undefined, differsIn: ['presence'] })).toBe(
    'only in the other run',
  )
  expect(node.outputs && placeText(node.outputs)).toBe('hits[2].score')
})

it('writes texts as they are, and a side that has nothing as that', () => {
  expect([sideText('[as it is]'), sideText({ a: 1 }), sideText(undefined)]).toEqual([
    '[as it is]',
    '{\n  "a": 1\n}',
    '–',
  ])
})

it('counts the nodes that differ', () => {
  expect([0, 1, 2].map(headingOf)).toEqual(['No node differs', '1 node differs', '2 nodes differ'])
})
