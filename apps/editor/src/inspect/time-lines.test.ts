import { expect, it } from 'vitest'
import { rounds, visitsIn } from './testing/sample-visits.ts'
import { shareOf, timeLines } from './time-lines.ts'

function shown(count: number, ...toggled: readonly string[]): readonly string[] {
  return timeLines(visitsIn('full', rounds(count)), new Set(toggled)).map(
    ({ visit, depth, isExpanded }) => `${'  '.repeat(depth)}${isExpanded ? '-' : ''}${visit.visit}`,
  )
}

it('puts each visit under the one that owns its block', () => {
  expect(shown(1)).toEqual(['-1', '  -10', '    11', '    12'])
  expect(shown(1, '10')).toEqual(['-1', '  10'])
})

it('keeps a loop of many rounds closed', () => {
  expect(shown(13)).toEqual(['1'])
  expect(shown(13, '1')).toHaveLength(1 + 13 + 26)
})

it('shows calls whose node is not on record', () => {
  const visits = visitsIn('summary', [
    { type: 'node-start', visit: 1, nodeId: 'country' },
    { type: 'node-call', visit: 7, kind: 'model', attempt: 1 },
  ])
  expect(timeLines(visits, new Set()).map(({ visit }) => visit.nodeId)).toEqual([
    'country',
    undefined,
  ])
})

it('places a moment between the start and the end, and never outside', () => {
  const scale = { start: 100, end: 300 }
  expect([50, 100, 150, 300, 400].map((at) => shareOf(scale, at))).toEqual([0, 0, 0.25, 1, 1])
  expect(shareOf({ start: 5, end: 5 }, 5)).toBe(0)
})
