import { expect, it } from 'vitest'
import { valueLines, type ValueTreeState } from './value-lines.ts'

const closed: ValueTreeState = { toggled: new Set(), search: '' }

function shown(value: unknown, state: Partial<ValueTreeState> = {}): readonly string[] {
  return valueLines(value, { ...closed, ...state }).map(
    ({ name, depth, isExpanded, isHit }) =>
      `${'  '.repeat(depth)}${isExpanded ? '-' : ''}${name}${isHit ? '!' : ''}`,
  )
}

const order = { id: 7, lines: [{ sku: 'a', tags: { deep: { er: 1 } } }], none: null, empty: [] }

it('opens the first levels, and counts the items of a list from 1', () => {
  expect(shown(order)).toEqual(['id', '-lines', '  -1', '    sku', '    tags', 'none', 'empty'])
})

it('opens and closes what was toggled', () => {
  expect(shown(order, { toggled: new Set(['["lines"]']) })).toEqual([
    'id',
    'lines',
    'none',
    'empty',
  ])
  expect(shown(order, { toggled: new Set(['["lines",0,"tags"]']) })).toContain('      deep')
})

it('keeps long lists and wide records inside others closed', () => {
  const long = { list: Array.from({ length: 101 }, () => 1), after: true }
  expect(shown(long)).toEqual(['list', 'after'])
})

it('opens what leads to a hit in a name or a value, and closes what does not', () => {
  expect(shown(order, { search: 'er' })).toEqual([
    'id',
    '-lines',
    '  -1',
    '    sku',
    '    -tags',
    '      -deep',
    '        er!',
    'none',
    'empty',
  ])
  expect(shown(order, { search: 'absent' })).toEqual(['id', 'lines', 'none', 'empty'])
})

it('tells the parts of a record from those of a list by their paths', () => {
  expect(valueLines({ a: { 0: 'x' }, b: ['x'] }, closed).map(({ path }) => path)).toEqual([
    ['a'],
    ['a', '0'],
    ['b'],
    ['b', 0],
  ])
})
