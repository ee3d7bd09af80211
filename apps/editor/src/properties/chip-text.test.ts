import { describe, expect, it } from 'vitest'
import { chipOf, partsOf, readChipText, writeChipText } from './chip-text.ts'

describe('chip text', () => {
  it('keeps a plain string a plain string, whatever it looks like', () => {
    for (const text of ['hello', '${modelId}', '{"$ref":"modelId"}', '@@context', 'a\nb', ' ']) {
      expect(readChipText(text)).toBe(text)
      expect(writeChipText(text)).toBe(text)
    }
  })

  it('writes a lone reference as that reference', () => {
    const value = { $ref: 'searchResult.records[0]["Order ID"]' }
    const text = readChipText(value)
    expect(text).toBe(chipOf('searchResult.records[0]["Order ID"]'))
    expect(writeChipText(text ?? '')).toEqual(value)
  })

  it('writes text around references as text with references', () => {
    const value = { $text: ['Hi ', { $ref: 'name' }, ', you are ', { $ref: 'user.age' }] }
    const text = readChipText(value)
    expect(text).toBe(`Hi ${chipOf('name')}, you are ${chipOf('user.age')}`)
    expect(writeChipText(text ?? '')).toEqual(value)
  })

  it('writes an expression in a text, and one that formats a variable, as what they are', () => {
    const value = { $text: ['Items: ', { $expr: 'size(list)' }] }
    expect(writeChipText(readChipText(value) ?? '')).toEqual(value)
    const formatted = { $expr: 'list.first()' }
    expect(readChipText(formatted)).toBe(chipOf('= list.first()'))
    expect(writeChipText(chipOf('= list.first()'))).toEqual(formatted)
  })

  it('clears the property when nothing is left', () => {
    expect(writeChipText('')).toBeUndefined()
    expect(readChipText(undefined)).toBe('')
    expect(readChipText(null)).toBe('')
  })

  it('leaves values that are no text to other editors', () => {
    expect(readChipText({ $expr: '1 + 1' })).toBeUndefined()
    expect(readChipText(5)).toBeUndefined()
    expect(readChipText([{ role: 'user', content: 'Hi' }])).toBeUndefined()
    expect(readChipText({ $text: 'malformed' })).toBeUndefined()
  })

  it('drops private-use characters that mark no reference', () => {
    expect(partsOf('a\uE000b')).toEqual(['ab'])
    expect(writeChipText('\uE001')).toBeUndefined()
  })
})
