import { expect, it } from 'vitest'
import { linesInView, mostOutOfView, type PlacedLine } from './lines-in-view.ts'
import type { Point } from './placement.ts'

const view = { x: 0, y: 0, width: 1000, height: 600 }

/** A line from a port of `source`, by default in view, to a port of `target`. */
function line(target: string, to: Point, from: Point = [100, 100], source = 'source'): PlacedLine {
  const ends = {
    fromNodeId: source,
    fromPortId: 'out:value',
    toNodeId: target,
    toPortId: 'in:text',
  }
  return { line: { ...ends, name: 'value' }, from, to }
}

function drawn(lines: readonly PlacedLine[]): readonly string[] {
  return linesInView(lines, view).drawn.map(({ line: { toNodeId } }) => toNodeId)
}

it('draws what begins, ends or crosses in view, and nothing else', () => {
  expect(
    drawn([
      line('begins', [5000, 100]),
      line('ends', [500, 100], [-900, 100], 'other'),
      line('crosses', [5000, 100], [-900, 100], 'far'),
      line('is elsewhere', [5000, 4000], [3000, 4000], 'farther'),
    ]),
  ).toEqual(['begins', 'ends', 'crosses'])
})

it('draws every line that begins and ends in view, however many leave one port', () => {
  const lines = Array.from({ length: 300 }, (_, index) => line(`node${index}`, [200 + index, 500]))
  expect(linesInView(lines, view)).toEqual({ drawn: lines, leftOut: [] })
})

it('of a port that 2,000 nodes out of view read draws the nearest, and counts the others', () => {
  const lines = Array.from({ length: 2000 }, (_, index) =>
    line(`node${index}`, [2000, 100 + index]),
  )
  const shown = linesInView(lines.toReversed(), view)
  expect(shown.drawn.map(({ line: { toNodeId } }) => toNodeId).toReversed()).toEqual(
    Array.from({ length: mostOutOfView }, (_, index) => `node${index}`),
  )
  expect(shown.leftOut).toEqual([
    {
      fromNodeId: 'source',
      fromPortId: 'out:value',
      from: [100, 100],
      count: 2000 - mostOutOfView,
    },
  ])
})

it('counts nothing at a port that is out of view itself', () => {
  const lines = Array.from({ length: 40 }, (_, index) =>
    line(`node${index}`, [500, 50], [-300, 50]),
  )
  expect(linesInView(lines, view).leftOut).toEqual([])
})
