import { describe, expect, it } from 'vitest'
import type { JsonValue } from './json.ts'
import {
  property,
  propertyKinds,
  readConditions,
  rulesOf,
  type PropertyDefinition,
} from './property.ts'

describe('a literal', () => {
  const label = 'Label'
  const connection = 'connection'
  const table = 'table'
  it.each<[PropertyDefinition, JsonValue, string | undefined]>([
    [property.text({ label }), 'a', undefined],
    [property.text({ label }), 1, 'must be text'],
    [property.text({ label, type: 'any' }), [1], undefined],
    [property.number({ label }), '1', 'must be a number'],
    [property.number({ label, minimum: 0 }), -1, 'must be at least 0'],
    [property.number({ label, maximum: 2 }), 3, 'must be at most 2'],
    [property.number({ label, integer: true }), 1.5, 'must be a whole number'],
    [property.number({ label, minimum: 0, maximum: 2 }), 2, undefined],
    [property.boolean({ label }), 'true', 'must be true or false'],
    [property.choice({ label, options: { a: 'A', b: 'B' } }), 'c', 'must be one of a, b'],
    [property.choice({ label, options: { a: 'A' } }), 'constructor', 'must be one of a'],
    [property.connection({ label, kinds: ['x'] }), 1, 'must be the id of a connection'],
    [property.variableName({ label }), '', undefined],
    [
      property.variableName({ label }),
      'a b',
      'must be a name: a letter first, then letters, digits and _ only',
    ],
    [property.reference({ label }), 'a', 'must be a variable'],
    [property.conditions({ label }), { match: 'all', rows: [] }, undefined],
    [
      property.conditions({ label }),
      { match: 'none', rows: [] },
      'must be condition rows or an expression',
    ],
    [property.json({ label }), { $ref: 'a' }, undefined],
    [property.value({ label }), [1], undefined],
    [property.table({ label, connection }), 'orders', undefined],
    [property.table({ label, connection }), 1, 'must be the name of a table'],
    [property.sql({ label, connection }), { statement: 'SELECT 1' }, undefined],
    [property.sql({ label, connection }), 'SELECT 1', 'must be a statement with parameters'],
    [property.sql({ label, connection }), { statement: ' ' }, 'has no statement'],
    [
      property.columnMapping({ label, connection, table }),
      {},
      'must be a list of columns, each with a type and a value',
    ],
    [
      property.columnMapping({ label, connection, table }),
      [{ column: 'id', type: 'auto', value: 1 }],
      'needs a key: the column that says which row is meant',
    ],
    [property.filter({ label, connection, table }), { match: 'all', rows: [] }, undefined],
    [
      property.filter({ label, connection, table }),
      [],
      'must be rows of a field, an operator and a value',
    ],
  ])('of %j that is %j: %s', (definition, value, refusal) => {
    expect(rulesOf(definition).refuses(value, definition)).toBe(refusal)
  })
})

describe('condition rows', () => {
  it('are read, or refused whole', () => {
    const rows = [{ left: 1, operator: 'equals', right: 2 }]
    expect(readConditions({ match: 'any', rows })).toEqual({ match: 'any', rows })
    for (const odd of [
      null,
      [],
      { match: 'any' },
      { match: 'any', rows: [1] },
      { match: 'any', rows: [{ operator: 'equals' }] },
      { match: 'any', rows: [{ left: 1, operator: 'toString' }] },
    ]) {
      expect(readConditions(odd)).toBeUndefined()
    }
  })

  it('have a cell for each side that is given', () => {
    const conditions = {
      match: 'all',
      rows: [
        { left: 'a', operator: 'isEmpty' },
        { left: 'b', operator: 'equals', right: 'c' },
      ],
    }
    const definition = { kind: 'conditions', label: 'Condition' } as const
    const cells = propertyKinds.conditions.cells?.(conditions, definition)
    expect(cells?.map(({ path, value }) => [path.join('.'), value])).toEqual([
      ['rows.0.left', 'a'],
      ['rows.1.left', 'b'],
      ['rows.1.right', 'c'],
    ])
  })
})
