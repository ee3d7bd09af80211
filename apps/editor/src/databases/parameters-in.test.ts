import { expect, it } from 'vitest'
import { parametersIn } from './parameters-in.ts'

const names = (statement: string) => parametersIn(statement).map(({ name }) => name)

it('finds the parameters of a statement in their order, with their places', () => {
  expect(parametersIn('select @a, @b_2')).toEqual([
    { name: 'a', start: 7, end: 9 },
    { name: 'b_2', start: 11, end: 15 },
  ])
})

it('leaves alone what stands in texts, quoted names and comments', () => {
  expect(names(`select '@a''@b', "@c", [@d] -- @e\n/* @f */, $$ @g $$, $x$ @h $x$, @i`)).toEqual([
    'i',
  ])
  expect(names('select @@ROWCOUNT, @')).toEqual([])
})
