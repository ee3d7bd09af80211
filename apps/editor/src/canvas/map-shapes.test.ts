import { expect, it } from 'vitest'
import { mapShapesOf, type MapItem } from './map-shapes.ts'

function item(id: string, x: number, look: Partial<MapItem> = {}): MapItem {
  return { id, box: { x, y: 0, width: 2, height: 1 }, kind: 'data', isSelected: false, ...look }
}

it('draws all items of one look as one path', () => {
  const items = [item('a', 0), item('b', 5, { kind: 'model' }), item('c', 9)]
  expect(mapShapesOf(items, new Map())).toEqual([
    { kind: 'data', mark: undefined, path: 'M0 0h2v1h-2zM9 0h2v1h-2z' },
    { kind: 'model', mark: undefined, path: 'M5 0h2v1h-2z' },
  ])
})

it('draws what ran or is selected in front, and says of a selected node that it is', () => {
  const items = [item('a', 0), item('b', 3, { isSelected: true }), item('c', 6)]
  const statuses = new Map([
    ['a', 'completed'],
    ['b', 'failed'],
  ] as const)
  expect(mapShapesOf(items, statuses).map(({ mark }) => mark)).toEqual([
    undefined,
    'completed',
    'selected',
  ])
})

it('takes as many paths for 2,000 items as they have looks', () => {
  const items = Array.from({ length: 2000 }, (_, index) =>
    item(`node${index}`, index, { kind: index % 2 === 0 ? 'model' : 'output' }),
  )
  expect(mapShapesOf(items, new Map())).toHaveLength(2)
})
