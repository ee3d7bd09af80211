import { describe, expect, it } from 'vitest'
import { readTestValue } from './test-values.ts'

describe('a typed value', () => {
  it('is of the type of its parameter', () => {
    expect(readTestValue('42', 'text')).toBe('42')
    expect(readTestValue('42', 'integer')).toBe(42)
    expect(readTestValue('true', 'boolean')).toBe(true)
    expect(readTestValue('42', 'auto')).toBe(42)
    expect(readTestValue('[1, 2]', 'vector')).toEqual([1, 2])
    expect(readTestValue('{"a": 1}', 'json')).toEqual({ a: 1 })
  })

  it('is null when it is empty, and goes as it is when it cannot be read', () => {
    expect(readTestValue('', 'text')).toBeNull()
    expect(readTestValue('many', 'integer')).toBe('many')
    expect(readTestValue('{', 'json')).toBe('{')
  })
})
