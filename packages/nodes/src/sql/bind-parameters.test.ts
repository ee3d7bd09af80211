import { expect, it } from 'vitest'
import { bindParameters, placeIn } from './bind-parameters.ts'

const parameter = (name: string, value: unknown = 1) => ({ name, type: 'auto' as const, value })

it('[Q8] gives each use of a name its parameter, in any case', () => {
  const id = parameter('Id')
  expect(bindParameters('a = @id OR b = @ID', [id], 'postgres')).toEqual([
    { kind: 'text', text: 'a = ', start: 0 },
    { kind: 'parameter', text: '@id', start: 4, parameter: id },
    { kind: 'text', text: ' OR b = ', start: 7 },
    { kind: 'parameter', text: '@ID', start: 15, parameter: id },
  ])
})

it('[Q8] takes no notice of a parameter that is not used', () => {
  expect(bindParameters('SELECT 1', [parameter('a')], 'postgres')).toHaveLength(1)
})

it.each([
  [[parameter('SessionId')], 'Did you mean @SessionId?'],
  [[parameter('a'), parameter('b')], 'Add it to the parameters, which are @a, @b.'],
  [[], 'Add it to the parameters.'],
])('[Q9] says which parameter was meant', (parameters, remedy) => {
  expect(() => bindParameters('SELECT 1\n, @sesionId', parameters, 'postgres')).toThrow(
    expect.objectContaining({
      code: 'database_failed',
      message: `The statement uses @sesionId, which is no parameter. ${remedy}`,
      details: { position: 12, line: 2, column: 3 },
    }),
  )
})

it('[Q21] counts lines and columns from 1', () => {
  expect(placeIn('ab\nc', 0)).toEqual({ position: 1, line: 1, column: 1 })
  expect(placeIn('ab\nc', 3)).toEqual({ position: 4, line: 2, column: 1 })
})
