import { expect, it } from 'vitest'
import { nameProblem } from './name-problem.ts'

const rules = { name: 'response', taken: new Set(['message', 'answer']), mayBeEmpty: true }

it.each([
  [
    'message',
    { text: '“message” is taken by another variable. Choose another name.', proposal: 'message2' },
  ],
  [
    'my answer',
    {
      text: 'A name starts with a letter and holds letters, digits and _ only.',
      proposal: 'myAnswer',
    },
  ],
  [
    '1 answer',
    {
      text: 'A name starts with a letter and holds letters, digits and _ only.',
      proposal: 'answer2',
    },
  ],
  [
    '42',
    {
      text: 'A name starts with a letter and holds letters, digits and _ only.',
      proposal: undefined,
    },
  ],
])('says what is wrong with %j, and proposes a name that is free', (draft, problem) => {
  expect(nameProblem(draft, rules)).toEqual(problem)
})

it.each(['response', 'reply', ''])('takes %j', (draft) => {
  expect(nameProblem(draft, rules)).toBeUndefined()
})

it('asks for a name where one is needed', () => {
  expect(nameProblem('', { ...rules, mayBeEmpty: false })).toEqual({
    text: 'A name is needed here.',
    proposal: undefined,
  })
})
