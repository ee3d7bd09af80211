import { expect, it } from 'vitest'
import { namesInCode } from './names-in-code.ts'

it('finds the names that code reads and does not declare', () => {
  const code = `
    // prices of the order
    const sum = lines.map((line) => line.price * rate).reduce((a, b) => a + b, 0)
    const { note, ...rest } = order
    return { sum: sum, text: 'total of ' + customer.name, rest, note }
  `
  expect(namesInCode(code)).toEqual(['lines', 'rate', 'order', 'customer'])
})

it('knows the words of the language and what it brings along', () => {
  expect(namesInCode('if (typeof text === "string") return Math.max(1, Number(text))')).toEqual([
    'text',
  ])
  expect(namesInCode('')).toEqual([])
})
