import { expect, it } from 'vitest'
import { writeStatement } from './write-statement.ts'

const parameters = ['a', 'b'].map((name) => ({ name, type: 'auto' as const, value: name }))

it('[Q8] numbers parameters as they come, the same one always alike', () => {
  const { text, parameters: used } = writeStatement('SELECT @b, @a, @B', parameters)
  expect(text).toBe('SELECT $1, $2, $1')
  expect(used.map(({ name }) => name)).toEqual(['b', 'a'])
})

it('[Q8] keeps a parameter apart from the word before it', () => {
  expect(writeStatement('SELECT@a', parameters).text).toBe('SELECT $1')
  expect(writeStatement('x=@a', parameters).text).toBe('x=$1')
  expect(writeStatement('@a@b', parameters).text).toBe('$1 $2')
})

it('[Q21] leads a place back to the text as it was written', () => {
  const statement = 'SELECT @a, x, @b, y'
  const { text, originOf } = writeStatement(statement, parameters)
  for (const letter of ['S', 'x', 'y', ',']) {
    expect(originOf(text.indexOf(letter)), letter).toBe(statement.indexOf(letter))
  }
  expect(originOf(text.indexOf('$2'))).toBe(statement.indexOf('@b'))
})
