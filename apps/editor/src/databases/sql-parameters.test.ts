import { expect, it } from 'vitest'
import { isBlank, newParameter, whyNotParameters } from './sql-parameters.tsx'

it('leaves a row out of which nothing is said, and nothing else', () => {
  expect(isBlank(newParameter(''))).toBe(true)
  expect(isBlank(newParameter('Id'))).toBe(false)
  expect(isBlank({ ...newParameter(''), value: 5 })).toBe(false)
})

it('says why parameters cannot go into the document, where they would not be read again', () => {
  expect(whyNotParameters([newParameter('Id'), newParameter('b_2')])).toBeUndefined()
  expect(whyNotParameters([newParameter('')])).toBe('Every parameter needs a name.')
  expect(whyNotParameters([newParameter('a b')])).toBe(
    'A name is a letter first, then letters, digits and _ only.',
  )
  expect(whyNotParameters([newParameter('Id'), newParameter('ID')])).toBe(
    'There are two parameters named @ID.',
  )
})
