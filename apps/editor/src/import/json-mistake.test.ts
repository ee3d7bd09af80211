import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonMistake } from './json-mistake.ts'

function mistake(text: string): string | undefined {
  const found = findJsonMistake(text)
  return found && `${found.line}:${found.column} ${found.found ?? 'end'}, not ${found.expected}`
}

describe('a text that is no JSON', () => {
  it.each([
    ['{ "a": 1, }', '1:11 }, not a name in quotes'],
    ['{\n  "a": 1\n  "b": 2\n}', '3:3 "b, not a comma or the end of the list or object'],
    ['{\n  "nodes": [}', '2:13 }, not a value or ]'],
    ['{ a: 1 }', '1:3 a, not a name in quotes or }'],
    ['{ "a" 1 }', '1:7 1, not a colon'],
    ['[1, 2', '1:6 end, not a comma or the end of the list or object'],
    ['["never ends', '1:2 "never ends, not a value or ]'],
    ['[01]', '1:2 01, not a value or ]'],
    ['[1] 2', '1:5 2, not the end of the text'],
    ['', '1:1 end, not a value'],
  ])('%j has its mistake at %s', (text, expected) => {
    expect(mistake(text)).toBe(expected)
  })

  it('is known as exactly what JSON.parse refuses', () => {
    const pieces = fc.constantFrom(...'{}[],:" \n1-.eE0tfn\\'.split(''), 'true', '"a"', '{"a":1}')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        expect(findJsonMistake(text) === undefined).toBe(isJson(text))
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonMistake(text)).toBeUndefined()
      }),
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
