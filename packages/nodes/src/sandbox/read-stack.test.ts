import { expect, it } from 'vitest'
import { readStack } from './read-stack.ts'

const options = { file: 'code', indent: 20 }

it('[J9] keeps the lines of a stack that lie in the code, at the places of the designer', () => {
  const stack = [
    '    at parse (native)',
    '    at compute (code:3:21)',
    '    at <anonymous> (code:1:25)',
    '    at <eval> (<input>:1:1)',
    '    at call (prelude:57:9)',
    '',
  ].join('\n')
  expect(readStack(stack, options)).toEqual({
    position: { line: 3, column: 21 },
    stack: ['at compute, line 3, column 21', 'at line 1, column 5'],
  })
})

it('[J9] leaves out what surrounds the code, and what is no line of a stack', () => {
  expect(readStack('    at <anonymous> (code:1:2)\nanything (code:1:99)', options)).toEqual({
    stack: [],
  })
})

it('[J9] reads the place of an error of syntax', () => {
  expect(readStack('    at code:2:7\n', options)).toMatchObject({
    position: { line: 2, column: 7 },
  })
})

it('[J9] keeps ten lines of a deep stack', () => {
  expect(readStack('    at f (code:2:7)\n'.repeat(3000), options).stack).toHaveLength(10)
})
