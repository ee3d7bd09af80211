import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkExpression,
  compileExpression,
  findExpressionProblem,
  renameInExpression,
} from './expression.ts'
import type { ScopeVariable } from './scope.ts'
import { isOfType, type Type } from './type.ts'

const types = {
  x: 'number',
  t: 'text',
  flag: 'boolean',
  numbers: { list: 'number' },
  texts: { list: 'text' },
  response: 'chatResponse',
  found: 'vectorSearchResult',
  maybeText: { optional: 'text' },
  maybeNumber: { optional: 'number' },
  anything: 'any',
} as const satisfies Readonly<Record<string, Type>>

const variables: readonly ScopeVariable[] = Object.entries(types).map(([name, type]) => ({
  name,
  type,
  origin: { kind: 'flow' },
}))

const response = {
  content: 'Hello',
  role: 'assistant',
  modelId: 'm',
  finishReason: null,
  usage: null,
  history: [{ role: 'user', content: 'Hi' }],
  historyJson: '[]',
  refusal: null,
}

const values = {
  x: 3,
  t: 'héllo',
  flag: true,
  numbers: [1, 2, 3.5],
  texts: ['a', 'b'],
  response,
  found: { records: [{ key: 1, content: 'c', metadata: { page: 1 }, score: 0.5 }], prompt: 'p' },
  maybeText: null,
  maybeNumber: null,
  anything: { 'odd key': 1, n: 1.5, list: [1, { deep: 2 }] },
}

function check(source: string) {
  return checkExpression(source, variables)
}

function problem(source: string): string {
  const result = check(source)
  return 'problem' in result ? result.problem : 'none'
}

function evaluate(source: string, given: Readonly<Record<string, unknown>> = values): unknown {
  return compileExpression(source).evaluate(given)
}

describe('numbers', () => {
  it.each([
    ['x == 3', true],
    ['3 == x', true],
    ['x != 3', false],
    ['x != 3.0', false],
    ['x > 2 && 2 < x && x >= 3', true],
    ['x in [1, 2, 3]', true],
    ['1 in numbers', true],
    ['x + 1 == 4', true],
    ['size(numbers) == x', true],
    ['numbers.size() in [3]', true],
    ['[x] == [3]', true],
    ['{"a": 3} == {"a": x}', true],
  ])('%s holds as arithmetic says', (source, result) => {
    expect(check(source)).toEqual({ type: 'boolean' })
    expect(evaluate(source)).toBe(result)
  })

  it.each([
    ['7 / 2', 3.5],
    ['x / 2', 1.5],
    ['size(numbers) / 2', 1.5],
    ['x % 2', 1],
    ['-x', -3],
    ['flag ? 1 : 2.5', 1],
    ['flag ? x : 0', 3],
    ['flag ? size(t) : 0', 5],
    ['int("42") + x', 45],
    ['numbers[size(numbers) - 1]', 3.5],
    ['numbers[int(x) - 1]', 3.5],
    ['t.indexOf("l") + 0.5', 2.5],
    ['size(t.substring(0, 2))', 2],
    ['timestamp("2024-01-01T00:00:00Z").getFullYear() + 1', 2025],
  ])('%s is a number', (source, result) => {
    expect(check(source)).toEqual({ type: 'number' })
    expect(evaluate(source)).toBe(result)
  })

  it('agree in checks and evaluations for any two operands', () => {
    const operand = fc.constantFrom(
      'x',
      '3',
      '2.5',
      'size(t)',
      'numbers[0]',
      'int(x)',
      'anything.n',
    )
    const operator = fc.constantFrom('+', '-', '*', '/', '<', '<=', '>', '>=', '==', '!=')
    fc.assert(
      fc.property(operand, operator, operand, (left, sign, right) => {
        const source = `${left} ${sign} ${right}`
        expect(problem(source)).toBe('none')
        expect(evaluate(source)).toSatisfy(
          (value) => typeof value === 'number' || typeof value === 'boolean',
        )
      }),
    )
  })

  it('[F15] refuse a result that is none', () => {
    expect(() => evaluate('x / 0')).toThrow('the result is not a number')
    expect(() => evaluate('[1, 0 / 0]')).toThrow('the result is not a number')
  })
})

describe('results', () => {
  it('[F15] are plain JSON, through and through', () => {
    expect(evaluate('{"a": [1, {"b": 9007199254740991}], "c": null, "d": size(t)}')).toEqual({
      a: [1, { b: 9007199254740991 }],
      c: null,
      d: 5,
    })
  })

  it('[F14] have the type that their parts have', () => {
    expect(check('response')).toEqual({ type: 'chatResponse' })
    expect(check('response.usage')).toEqual({ type: { optional: 'usage' } })
    expect(check('response.history.map(m, m.content)')).toEqual({ type: { list: 'text' } })
    expect(check('found.records.filter(r, r.score < 0.6)')).toEqual({
      type: { list: 'vectorSearchRecord' },
    })
    expect(check('timestamp("2024-01-01T00:00:00Z")')).toEqual({ type: 'text' })
    expect(check('{"a": 1}')).toEqual({ type: { record: { a: 'number' } } })
  })

  it.each<[string, Type]>([
    ['[]', { list: 'any' }],
    ['[1, "a"]', { list: 'any' }],
    ['[{"a": t}, {"a": "x"}]', { list: { record: { a: 'text' } } }],
    ['{}', { record: {} }],
    ['{t: 1}', { record: {} }],
    ['flag ? null : x', { optional: 'number' }],
    ['flag ? t : response.refusal', { optional: 'text' }],
    ['response.usage != null ? response.usage.totalTokens : 0', 'number'],
    ['found.records.map(r, {"title": r.content})', { list: { record: { title: 'text' } } }],
    ['found.records.filter(r, r.score < 1).map(r, r.content)', { list: 'text' }],
    ['numbers.map(n, n > 1, string(n))', { list: 'text' }],
    ['numbers.map(n, numbers.map(m, n + m))', { list: { list: 'number' } }],
    ['t.split(",")', { list: 'text' }],
    ['t.split(",").join(";")', 'text'],
    ['dyn(t)', 'any'],
    ['anything.map(a, a.b)', { list: 'any' }],
  ])('[F14] %s: %j', (source, type) => {
    expect(check(source)).toEqual({ type })
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    '[F15] have no field named %s, and none is left out without a word',
    (name) => expect(problem(`{"a": {"${name}": 1}}`)).toContain(`"${name}" cannot be the name`),
  )

  it('[F15] of 0 are 0, whatever their sign', () => {
    expect(evaluate('[-0.0]')).toEqual([0])
  })

  it.each(['{"a": 1u}', '[b"bytes"]', 'flag ? [duration("1h")] : []'])(
    '[F15] of %s are refused before a run, since JSON cannot hold a part of them',
    (source) => expect(problem(source)).toContain('is not a JSON value'),
  )

  it.each(['type(x)', 'b"bytes"', 'duration("1h")', '1u'])(
    'refuse %s, which JSON has not',
    (source) => {
      expect(problem(source)).toBe('its result is not a JSON value')
      expect(() => evaluate(source)).toThrow('its result is not a JSON value')
    },
  )
})

describe('records from outside', () => {
  const record = { constructor: 1, a: 2, deep: [{ constructor: null, b: 3 }, { constructor: 'c' }] }
  const compute = (source: string) =>
    compileExpression(source).evaluate({ r: record, q: structuredClone(record) })

  it.each<[string, unknown]>([
    ['r', record],
    ['r.a', 2],
    ['r.constructor', 1],
    ['r.deep[0].constructor == null', true],
    ['has(r.constructor) && !has(r.b)', true],
    ['r == q', true],
    ['size(r) + r.size()', 6],
    ['r.map(key, key)', ['constructor', 'a', 'deep']],
    ['r.deep.filter(item, has(item.b))', [record.deep[0]]],
    ['{"in": [r.deep[1]]}', { in: [{ constructor: 'c' }] }],
  ])('[F13] may have a field named constructor: %s', (source, value) => {
    expect(compute(source)).toEqual(value)
  })

  it('[F13] with such a field lack others as ever', () => {
    expect(() => compute('r.toString')).toThrow('there is no "toString" in it')
  })
})

describe('names', () => {
  it.each(['constructor', '__proto__', 'toString', 'prototype'])(
    'reach nothing of a prototype: %s',
    (name) => {
      expect(check(name)).toMatchObject({ code: 'expression_invalid' })
      expect(() => evaluate(`anything.${name}`)).toThrow()
      expect(() => evaluate(`anything["${name}"]`)).toThrow()
      expect(() => evaluate(`texts.${name}`)).toThrow()
      expect(() => evaluate(`t.${name}`)).toThrow()
      expect(evaluate(`has(anything.n) && "${name}" in anything`)).toBe(false)
    },
  )

  it.each(['list', 'type', 'cel', 'google', 'loop', 'package', 'string'])(
    'that the language keeps for itself are a problem, never a crash: %s',
    (name) => {
      expect(
        checkExpression(`${name} == 1`, [{ name, type: 'number', origin: { kind: 'flow' } }]),
      ).toEqual({
        code: 'expression_invalid',
        problem: `"${name}" has a meaning of its own in expressions; give the variable another name`,
      })
    },
  )

  it('that the language keeps for itself may stand in scope unused', () => {
    expect(
      checkExpression('x', [...variables, { name: 'list', type: 'any', origin: { kind: 'flow' } }]),
    ).toEqual({ type: 'number' })
  })

  it('are listed once, without those that a macro binds', () => {
    expect(
      compileExpression('numbers.map(n, n + x).exists(n, n == x) && has(response.usage)').variables,
    ).toEqual(['numbers', 'x', 'response'])
  })

  it('of constants and bindings of the library are no part of the language', () => {
    expect(problem('type(x) == double')).toBe('there is no variable "double" here')
    expect(problem('cel.bind(y, 1, y)')).toBe('there is no variable "cel" here')
  })
})

describe('null', () => {
  it.each([
    'x == null',
    't != null',
    'flag == null',
    'numbers == null',
    'response != null',
    'null == maybeText',
    'maybeText == "a"',
    'maybeNumber != 3',
  ])('may be compared with anything: %s', (source) => {
    expect(check(source)).toEqual({ type: 'boolean' })
    expect(evaluate(source)).toBeTypeOf('boolean')
  })

  it.each([
    ['maybeNumber > 3', 'maybeNumber'],
    ['maybeText + "!"', 'maybeText'],
    ['size(maybeText)', 'maybeText'],
    ['maybeText.size()', 'maybeText'],
    ['response.usage.totalTokens', 'response.usage'],
    ['response.usage != null || response.usage.totalTokens > 3', 'response.usage'],
    ['response.usage == null ? response.usage.totalTokens : 0', 'response.usage'],
    ['texts.exists(n, n == maybeText + "")', 'maybeText'],
    ['!(maybeText == null || flag) ? "" : maybeText + ""', 'maybeText'],
  ])('[F18] has to be tested first: %s', (source, reference) => {
    expect(check(source)).toEqual({
      code: 'maybe_null',
      problem: `"${reference}" may be null; test it first, as in ${reference} != null && …`,
    })
  })

  it.each([
    'maybeNumber != null && maybeNumber > 3',
    'maybeNumber == null || maybeNumber > 3',
    'response.usage != null && flag && response.usage.totalTokens > 3',
    'null == response.usage ? 0 : response.usage.totalTokens',
    '!(maybeText == null || flag) && maybeText.size() > 3',
    'response.usage != null && response.usage["totalTokens"] > 3',
    'texts.exists(n, maybeText != null && n == maybeText + "")',
    '[maybeText, response.usage]',
    'flag ? maybeText : t',
    'anything.whatever.more',
  ])('[F18] is no problem once it is tested, passed on or unknown: %s', (source) => {
    expect(problem(source)).toBe('none')
  })
})

describe('list macros', () => {
  it.each([
    ['numbers.map(n, n * 2)', [2, 4, 7]],
    ['numbers.filter(n, n != 2)', [1, 3.5]],
    ['numbers.map(n, n > 1, n + x)', [5, 6.5]],
    ['numbers.exists(n, n == 2)', true],
    ['numbers.all(n, n > 0)', true],
    ['numbers.exists_one(n, n == 2)', true],
    ['texts.map(text, text + "!").join(" ")', 'a! b!'],
    ['numbers.filter(n, n > 1).map(n, n + 1).filter(n, n > 3).map(n, n * 2)', [9]],
    [
      'numbers.map(a, numbers.map(b, a * b))',
      [
        [1, 2, 3.5],
        [2, 4, 7],
        [3.5, 7, 12.25],
      ],
    ],
  ])('%s', (source, result) => {
    expect(problem(source)).toBe('none')
    expect(evaluate(source)).toEqual(result)
  })

  it('[F16] nest two levels deep and no deeper', () => {
    const source = 'numbers.map(a, numbers.map(b, numbers.map(c, 1)))'
    expect(problem(source)).toBe('list macros nest deeper than 2 levels')
    expect(() => compileExpression(source)).toThrow('list macros nest deeper than 2 levels')
  })
})

describe('the budget of an evaluation', () => {
  const thousands = Array.from({ length: 2000 }, (_, index) => index)
  const long = 'x'.repeat(256 * 1024)

  it.each([
    'items.map(a, items.map(b, a * b))',
    'items.exists(a, items.exists(b, a * b == -1)) || true',
    'items.filter(a, text.matches("(x+x+)+y"))',
  ])('ends %s, which takes too many steps', (source) => {
    expect(() => evaluate(source, { items: thousands, text: long })).toThrow(
      'it takes more than 100,000 steps; let it look at fewer items',
    )
  })

  it.each([
    `[[1]]${'.map(a, [a, a])'.repeat(50)}`,
    `[[1]]${'.map(a, [a, a])'.repeat(28)} == [[1]]${'.map(a, [a, a])'.repeat(28)}`,
    `[[1]]${'.map(a, a + a)'.repeat(50)}`,
    `["ab"]${'.map(a, a + a)'.repeat(50)}`,
    'items.map(a, "x").join(text)',
    'text + text + text + text + text',
    'items.map(a, text)',
  ])('ends %s, which makes too much', (source) => {
    expect(() => evaluate(source, { items: thousands, text: long })).toThrow(
      'its result is larger than 1 MiB; let it make less',
    )
  })

  it('[F16] starts anew with each evaluation', () => {
    const counted = compileExpression('items.filter(a, a > 1).size()')
    for (let turn = 0; turn < 100; turn += 1) {
      expect(counted.evaluate({ items: thousands })).toBe(1998)
    }
  })
})

describe('matches', () => {
  it('finds a pattern anywhere in a text', () => {
    expect(evaluate('t.matches("l+o$") && !t.matches("^l")')).toBe(true)
    expect(evaluate('t.matches("h\\\\wllo")')).toBe(false)
  })

  it('[F16] is linear in time, whatever the pattern', () => {
    const started = performance.now()
    expect(evaluate('text.matches("(x+x+)+y")', { text: 'x'.repeat(100_000) })).toBe(false)
    expect(evaluate('text.matches("(x*)*(x*)*(x*)*y")', { text: 'x'.repeat(100_000) })).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('says what is wrong with a pattern, before the run where the pattern is fixed', () => {
    expect(problem('t.matches("(")')).toBe(
      '"(" is no pattern that matches can read: missing closing ): `(`',
    )
    expect(problem('t.matches("(a)\\\\1")')).toContain('is no pattern that matches can read')
    expect(() => evaluate('t.matches(u)', { t: 'a', u: '(' })).toThrow('is no pattern')
    expect(() => evaluate('t.matches(u)', { t: 'a', u: 'a'.repeat(1001) })).toThrow(
      'the pattern of matches has more than 1000 characters',
    )
  })
})

describe('problems', () => {
  it.each([
    ['prompt', 'there is no variable "prompt" here'],
    ['respons.content', 'there is no variable "respons" here; did you mean "response"?'],
    ['response.contnt', 'there is no "contnt" in it'],
    ['t + x', '"+" does not work on text and a number; string(…) makes text of a number'],
    ['t + null', '"+" does not work on text and null'],
    ['[1] + ["a"]', '"+" does not work on a list and a list of other items'],
    ['x == t', '"==" does not work on a number and text'],
    ['-t', '"-" does not work on text'],
    ['x ? 1 : 2', 'before "?" stands something that is true or false, not a number'],
    ['flag ? "a" : 1', 'both results of "? :" must be of one kind, not text and a number'],
    ['t && flag', '"&&" and "||" take what is true or false, not text'],
    ['numbers.filter(n, n + 1)', 'the condition of filter must be true or false, not a number'],
    ['response.map(r, r)', 'only a list has items to go through, not a record'],
    ['numbers[x]', 'an item of a list is found by a whole number: write int(…) around it'],
    ['t[0]', 'text has no fields and no items'],
    ['shout(t)', 'there is no function "shout"'],
    ['t.siz()', 'there is no function "siz"; did you mean "size"?'],
    ['size(x)', 'size(…) does not work on this, given a number'],
    ['numbers.join(",")', 'join(…) does not work on this, given text'],
    ['has(x)', 'has(…) asks for a field, such as has(response.usage)'],
    ['numbers.map(1, 2)', 'the first part of a list macro is a name for the item'],
    ['x = 3', '"=" is not expected there; "==" compares'],
    ['x x', '"x" is not expected there'],
    ['x > > 3', '">" is not expected there'],
    ['x # 3', '"#" is not expected there'],
    ['x +', 'it ends too early'],
    ['"open', 'it ends too early'],
    ['', 'it ends too early'],
  ])('%s: says what is wrong in plain words', (source, sentence) => {
    expect(problem(source)).toBe(sentence)
  })

  it('name an expression that is too long or too deep', () => {
    const sum = Array.from({ length: 3000 }, () => '1').join('+')
    for (const source of ['('.repeat(5000), `${'!'.repeat(100_000)}true`, sum]) {
      expect(problem(source)).toBe('it is too long or nests too deep')
    }
  })

  it.each([
    ['numbers[5]', 'there is no item 5 in a list of 3'],
    ['anything.nope', 'there is no "nope" in it'],
    ['anything.n + t', '"+" does not work on a number and text; string(…) makes text of a number'],
    ['int(t)', '"héllo" is no whole number'],
    ['double(t)', 'that text is no number'],
  ])('%s: shows only when it runs, in plain words as well', (source, sentence) => {
    expect(problem(source)).toBe('none')
    expect(() => evaluate(source)).toThrow(sentence)
  })

  it(
    '[F17] never crash the check, whatever the source, and have a place inside it',
    { timeout: 30_000 },
    () => {
      fc.assert(
        fc.property(sourceOfWords, (source) => {
          const found = findExpressionProblem(source, variables)
          if ('type' in found) return
          expect(found.problem).not.toBe('')
          if (found.range === undefined) return
          const { start, end } = found.range
          expect(start >= 0 && start <= end && end <= source.length).toBe(true)
        }),
        { seed: 3, numRuns: 2000 },
      )
    },
  )

  it(
    '[F16] end in time with a value of their type, or with an error, when they have no problem',
    { timeout: 30_000 },
    () => {
      fc.assert(
        fc.property(sourceOfWords, (source) => {
          const found = check(source)
          if ('problem' in found) return
          let value: unknown
          try {
            value = evaluate(source)
          } catch (error) {
            expect(String(error)).not.toBe('')
            return
          }
          expect(JSON.parse(JSON.stringify(value))).toEqual(value)
          expect(isOfType(value, found.type)).toBe(true)
        }),
        { seed: 4, numRuns: 2000 },
      )
    },
  )
})

/** Words of the language and others, in any order. */
const sourceOfWords = fc
  .array(
    fc.oneof(
      fc.constantFrom('x', 't', 'flag', 'numbers', 'texts', 'response', 'anything', 'maybeText'),
      fc.constantFrom('.', '(', ')', '[', ']', '{', '}', '?', ':', ',', '//', '!', '-', '"', "'"),
      fc.constantFrom(' == ', ' != ', ' && ', ' || ', ' + ', ' in ', ' < ', ' ? 1 : ', '[0]'),
      fc.constantFrom('.map(n, n)', '.filter(n, true)', '.size()', '.content', 'has(', 'size('),
      fc.constantFrom('null', '1', '1e999', '0x', '1u', 'r"', 'b"', '"a"', '{"a": 1}', '[1]'),
      fc.constantFrom('__proto__', 'constructor', '\u0000', '\uD800', '😀', '\\', '\n', '"" + '),
    ),
    { maxLength: 8 },
  )
  .map((words) => words.join(''))

describe('renaming', () => {
  it.each([
    ['x + x.y + y.x', 'n + n.y + y.x'],
    ['numbers.map(x, x + 1)', 'numbers.map(x, x + 1)'],
    ['x.map(x, x + 1).size() + x', 'n.map(x, x + 1).size() + n'],
    ['has(x.x) ? {"x": x} : [x]', 'has(n.x) ? {"x": n} : [n]'],
    ['"x" + x // x', '"x" + n // x'],
    ['\r\n"é😀" +\r\n\tx', '\r\n"é😀" +\r\n\tn'],
    ['x +', 'x +'],
  ])('%j renames what is read, and only that', (source, renamed) => {
    expect(renameInExpression(source, 'x', 'n')).toBe(renamed)
  })

  it('[F36] renames the item of a macro that would be read instead', () => {
    expect(renameInExpression('numbers.map(n, n + x)', 'x', 'n')).toBe('numbers.map(n2, n2 + n)')
  })
})
