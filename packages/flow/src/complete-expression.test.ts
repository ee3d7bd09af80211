import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeExpression } from './complete-expression.ts'
import type { ScopeVariable } from './scope.ts'
import type { Type } from './type.ts'

const types = {
  x: 'number',
  t: 'text',
  response: 'chatResponse',
  texts: { list: 'text' },
  row: { record: { 'Order ID': 'number', total: 'number' } },
  maybeText: { optional: 'text' },
  anything: 'any',
} as const satisfies Readonly<Record<string, Type>>

const variables: readonly ScopeVariable[] = Object.entries(types).map(([name, type]) => ({
  name,
  type,
  origin: { kind: 'output', nodeId: 'n' },
}))

/** Completes at the `|` of a source. */
function complete(marked: string) {
  const position = marked.indexOf('|')
  return completeExpression(marked.replace('|', ''), position, variables)
}

function names(marked: string): readonly string[] | undefined {
  return complete(marked)?.items.map(({ name }) => name)
}

function item(marked: string, name: string) {
  return complete(marked)?.items.find((one) => one.name === name)
}

const functions = [
  ...['size', 'string', 'int', 'double', 'bool', 'has'],
  ...['round', 'formatDate', 'toJson', 'timestamp'],
]
const everywhere = [...Object.keys(types).toReversed(), ...functions, ...['true', 'false', 'null']]
const ofText = [
  ...['contains', 'startsWith', 'endsWith', 'matches', 'size', 'trim', 'upper', 'lower'],
  ...['lowerAscii', 'upperAscii', 'substring', 'split', 'indexOf', 'lastIndexOf'],
]
const ofList = ['size', 'map', 'filter', 'exists', 'all', 'exists_one', 'join', 'first', 'last']

describe('completeExpression', () => {
  it.each(['|', 'x + |', 'size(|', '[x, |', 'x == 1 && |', 'x in |', '!|', '"a" + |', '{"a": |'])(
    'offers variables, nearest first, functions and constants where a value may stand: %s',
    (marked) => {
      expect(names(marked)).toEqual(everywhere)
    },
  )

  it.each([
    ['t.|', ofText],
    ['t.trim().|', ofText],
    ['(t + "a").|', ofText],
    ['"a".|', ofText],
    ['t . |', ofText],
    ['texts.|', ofList],
    ['texts.filter(a, a != "").|', ofList],
    ['texts[0].|', ofText],
    ['x.|', []],
    ['row.|', ['total', 'size']],
    ['response.history[0].|', ['role', 'content', 'size']],
    ['response.usage.|', ['inputTokens', 'outputTokens', 'totalTokens', 'size']],
    ['maybeText.|', ofText],
    ['x > 1 ? response.usage.|', ['inputTokens', 'outputTokens', 'totalTokens', 'size']],
    ['[t, response.content.|]', ofText],
  ])('offers fields and calls that the type before the dot has: %s', (marked, expected) => {
    expect(names(marked)).toEqual(expected)
  })

  it('[F30] offers every method after a value of any type, but those of times', () => {
    expect(names('anything.|')).toEqual([...ofText, ...ofList.filter((name) => name !== 'size')])
    expect(names('timestamp(t).|')).toContain('getFullYear')
    expect(names('timestamp(t).getHours().|')).toEqual([])
  })

  it('[F30] knows the item of a macro, and its type, inside the macro only', () => {
    expect(names('response.history.map(m, |')?.[0]).toBe('m')
    expect(names('response.history.map(m, m.|)')).toEqual(['role', 'content', 'size'])
    expect(names('response.history.map(m, m.content).filter(c, c.|')).toEqual(ofText)
    expect(names('response.history.exists(m, texts.exists(u, m.role == u && u.|')).toEqual(ofText)
    expect(names('response.history.map(m, m.role).size() + |')).toEqual(everywhere)
  })

  it.each([
    '"a|',
    "'|'",
    'x |',
    't.trim() |',
    '1|',
    '1.|',
    'texts.map(|',
    'nowhere.|',
    ').|',
    '.|',
  ])(
    'offers nothing within a text, after a value, for a new name or of what is unknown: %s',
    (marked) => {
      expect(names(marked) ?? []).toEqual([])
    },
  )

  it('takes the place of the whole word, wherever in it the caret stands', () => {
    expect(complete('x + respo|nse.content')).toMatchObject({ from: 4, to: 12 })
    expect(complete('response.con|')).toMatchObject({ from: 9, to: 12 })
    expect(complete('x + |')).toMatchObject({ from: 4, to: 4 })
  })

  it('writes a call with its parentheses, and puts the caret where the next part goes', () => {
    expect(item('t.|', 'contains')).toEqual({
      kind: 'method',
      name: 'contains',
      detail: '(text) → boolean',
      help: 'Whether a text stands anywhere in this one.',
      insert: 'contains()',
      caret: 9,
    })
    expect(item('t.|', 'trim')).toMatchObject({ insert: 'trim()', caret: 6 })
    expect(item('texts.|', 'map')).toMatchObject({ insert: 'map(item, )', caret: 10 })
  })

  it('says of what may be null that it is to be tested first', () => {
    expect(item('response.|', 'usage')).toMatchObject({
      kind: 'field',
      detail: 'usage or null',
      help: 'It may be null; test it first, as in response.usage != null && …',
    })
    expect(item('response.|', 'content')).toMatchObject({ detail: 'text', help: '' })
  })

  it('never fails, whatever the source and the position', () => {
    const words = fc.constantFrom(
      ...['x', 't', 'response', 'map', '.', '(', ')', '[', ']', '{', '}', ',', '"', "'", '"""'],
      ...['//', '\n', ' ', '1', 'r"', '😀', '\uD800', '&&', 'null', '__proto__', '\\'],
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), fc.nat(24), (parts, position) => {
        const source = parts.join('')
        const at = Math.min(position, source.length)
        const found = completeExpression(source, at, variables)
        if (found !== undefined) expect(found.from).toBeLessThanOrEqual(at)
      }),
    )
  })
})
