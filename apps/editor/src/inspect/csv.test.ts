import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('quotes what a reader would cut, and leaves null empty', () => {
  const csv = csvOf(
    ['id', 'a "name"'],
    [
      [1, 'Jens, of Aarhus'],
      [null, 'two\nlines'],
      [-2.5, { deep: true }],
    ],
  )
  expect(csv).toBe(
    'id,"a ""name"""\r\n1,"Jens, of Aarhus"\r\n,"two\nlines"\r\n-2.5,"{""deep"":true}"\r\n',
  )
})

it('lets no spreadsheet run what a model wrote', () => {
  expect(csvOf(['text'], [['=HYPERLINK("x")'], ['@sum'], ['-1+2']])).toBe(
    'text\r\n"\'=HYPERLINK(""x"")"\r\n\'@sum\r\n\'-1+2\r\n',
  )
})
