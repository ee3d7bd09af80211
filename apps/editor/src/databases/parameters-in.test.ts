import { expect, it } from 'vitest'
import { missingParameters, parametersIn, withRenamedParameter } from './parameters-in.ts'

it('finds the parameters of a statement where the server would bind them', () => {
  expect(parametersIn("select @a, '@x', @b_2", 'postgres')).toEqual([
    { name: 'a', start: 7, end: 9 },
    { name: 'b_2', start: 17, end: 21 },
  ])
})

it('names what is no parameter yet, once, whatever its case', () => {
  expect(missingParameters('select @Id, @new, @New, @id', 'sqlserver', ['ID'])).toEqual(['new'])
})

it('renames a parameter wherever it stands, and nothing that only looks like it', () => {
  expect(
    withRenamedParameter(`select @id, @ID, @id2, '@id' -- @id`, 'postgres', {
      from: 'Id',
      to: 'SessionId',
    }),
  ).toBe(`select @SessionId, @SessionId, @id2, '@id' -- @id`)
})
