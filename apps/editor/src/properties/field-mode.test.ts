import { property } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { firstModeOf, modeOf, modesOf, switchMode } from './field-mode.ts'

const text = property.text({ label: 'Text' })
const number = property.number({ label: 'Number', maximum: 2 })
const reference = property.reference({ label: 'Reference' })
const anything = property.value({ label: 'Value' })
const list = property.value({ label: 'List', type: { list: 'any' } })
const choice = property.choice({ label: 'Choice', options: { a: 'A' } })

describe('the ways to fill in a field', () => {
  it('offers a variable of its own only where no chip can stand in the literal', () => {
    expect(modesOf(text)).toEqual(['literal', 'expression'])
    expect(modesOf(anything)).toEqual(['literal', 'expression'])
    expect(modesOf(number)).toEqual(['literal', 'reference', 'expression'])
    expect(modesOf(list)).toEqual(['literal', 'reference', 'expression'])
    expect(modesOf(reference)).toEqual(['reference'])
    expect(modesOf(choice)).toEqual(['literal'])
  })

  it('starts with a variable where a literal would be JSON', () => {
    const record = property.value({ label: 'Record', type: { record: {} } })
    expect([list, record].map(firstModeOf)).toEqual(['reference', 'reference'])
    expect([text, number, anything].map(firstModeOf)).toEqual(['literal', 'literal', 'literal'])
    expect([reference, choice].map(firstModeOf)).toEqual(['reference', 'literal'])
  })

  it('sees the way in the value', () => {
    expect(modeOf({ $ref: 'a' }, text)).toBe('literal')
    expect(modeOf({ $ref: 'a' }, number)).toBe('reference')
    expect(modeOf({ $expr: 'a' }, number)).toBe('expression')
    expect(modeOf({ $text: ['a'] }, text)).toBe('literal')
    expect(modeOf(undefined, number)).toBeUndefined()
  })

  it('sees a variable where an expression only formats one, and keeps it as that', () => {
    const formatted = { $expr: 'round(a, 2)' }
    expect([text, number, choice].map((one) => modeOf(formatted, one))).toEqual([
      'literal',
      'reference',
      'expression',
    ])
    expect(switchMode(formatted, 'literal', text)).toBe(formatted)
    expect(switchMode(formatted, 'reference', number)).toBe(formatted)
    expect(switchMode(formatted, 'expression', number)).toBe(formatted)
  })

  it('turns any value into the expression that means the same', () => {
    expect(switchMode('say "hi"', 'expression', text)).toEqual({ $expr: '"say \\"hi\\""' })
    expect(switchMode(0.7, 'expression', number)).toEqual({ $expr: '0.7' })
    expect(switchMode({ $ref: 'a.b[0]' }, 'expression', number)).toEqual({ $expr: 'a.b[0]' })
    expect(switchMode({ $text: ['Hi ', { $ref: 'name' }] }, 'expression', text)).toEqual({
      $expr: '"Hi " + string(name)',
    })
  })

  it('turns an expression back where it is only a variable or a literal that fits', () => {
    expect(switchMode({ $expr: 'a.b' }, 'reference', number)).toEqual({ $ref: 'a.b' })
    expect(switchMode({ $expr: 'a.b' }, 'literal', text)).toEqual({ $ref: 'a.b' })
    expect(switchMode({ $expr: '0.5' }, 'literal', number)).toBe(0.5)
    expect(switchMode({ $expr: '5' }, 'literal', number)).toBeUndefined()
    expect(switchMode({ $expr: 'a + 1' }, 'reference', number)).toBeUndefined()
  })
})
