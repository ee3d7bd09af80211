import { expect, it } from 'vitest'
import { missingParameters, parametersIn } from './parameters-in.ts'

it('finds the parameters of a statement where the server would bind them', () => {
  expect(parametersIn("select @a, '@x', @b_2", 'postgres')).toEqual([
    { name: 'a', start: 7, end: 9 },
    { name: 'b_2', start: 17, end: 21 },
  ])
})

it('names what is no parameter yet, once, whatever its case', () => {
  expect(missingParameters('select @Id, @new, @New, @id', 'sqlserver', ['ID'])).toEqual(['new'])
})
