import { expect, it } from 'vitest'
import { codeRange } from './code-range.ts'

it.each([
  ['const x = ;', { line: 1, column: 11 }, [10, 11]],
  ['let x = 1\nlet x = 2', { line: 2, column: 5 }, [14, 15]],
  ['return missing + 1', { line: 1, column: 8 }, [7, 14]],
  ['return 1 +', { line: 1, column: 11 }, [10, 11]],
  ['a\nb', { line: 9, column: 9 }, [4, 5]],
])('marks the word at a place: %j %j', (source, position, [start, end]) => {
  expect(codeRange(source, position)).toEqual({ start, end })
})
