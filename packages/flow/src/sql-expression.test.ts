import { describe, expect, it } from 'vitest'
import type { JsonValue } from './json.ts'
import { readSqlExpression, whyNotSqlExpression } from './sql-expression.ts'

const parameter = (name: string, more: Readonly<Record<string, JsonValue>> = {}) => ({
  name,
  type: 'auto' as const,
  value: 1,
  ...more,
})

describe('a SQL expression', () => {
  it('is read with its parameters, or without any', () => {
    const whole = { statement: 'SELECT @a', parameters: [parameter('a', { type: 'uuid' })] }
    expect(readSqlExpression(whole)).toEqual(whole)
    expect(readSqlExpression({ statement: '' })).toEqual({ statement: '', parameters: [] })
  })

  it.each<[JsonValue]>([
    [null],
    ['SELECT 1'],
    [[]],
    [{ parameters: [] }],
    [{ statement: 1, parameters: [] }],
    [{ statement: '', parameters: {} }],
    [{ statement: '', parameters: [{ name: 'a', type: 'auto' }] }],
    [{ statement: '', parameters: [parameter('a', { type: 'money' })] }],
    [{ statement: '', parameters: [parameter('a', { type: 'constructor' })] }],
    [{ statement: '', parameters: [parameter('a b')] }],
    [{ statement: '', parameters: [parameter('__proto__')] }],
  ])('is not %j', (value) => {
    expect(readSqlExpression(value)).toBeUndefined()
  })

  it('needs a statement, and another name for each parameter', () => {
    expect(whyNotSqlExpression({ statement: '\n ', parameters: [] })).toBe('has no statement')
    const twice = { statement: 'SELECT 1', parameters: [parameter('Id'), parameter('iD')] }
    expect(whyNotSqlExpression(twice)).toBe('has two parameters named "@id"')
    const fine = { statement: 'SELECT 1', parameters: [parameter('a'), parameter('b')] }
    expect(whyNotSqlExpression(fine)).toBeUndefined()
  })
})
