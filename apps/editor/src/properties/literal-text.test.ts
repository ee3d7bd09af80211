import { describe, expect, it } from 'vitest'
import { chipOf } from './chip-text.ts'
import { readLiteralText, writeLiteralText } from './literal-text.ts'

describe('literal text', () => {
  it('reads numbers and truth values as what they say', () => {
    expect(writeLiteralText('5')).toBe(5)
    expect(writeLiteralText('-0.5')).toBe(-0.5)
    expect(writeLiteralText('true')).toBe(true)
  })

  it('leaves everything else text, also what only resembles a number', () => {
    for (const text of ['007', '5 apples', '1.2.3', 'True', '"Hi" she said', '{"a":1}', '-']) {
      expect(writeLiteralText(text)).toBe(text)
    }
  })

  it('keeps every value through a reading and a writing', () => {
    const values = ['5', 'true', '"quoted"', 'plain', 5, false, { $ref: 'message' }, '${x}']
    for (const value of values) {
      expect(writeLiteralText(readLiteralText(value) ?? '')).toEqual(value)
    }
  })

  it('writes references as ever', () => {
    expect(writeLiteralText(chipOf('message'))).toEqual({ $ref: 'message' })
    expect(writeLiteralText(`5 ${chipOf('message')}`)).toEqual({
      $text: ['5 ', { $ref: 'message' }],
    })
  })
})
