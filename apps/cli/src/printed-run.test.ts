import type { RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { printAnswer } from './printed-run.ts'

/** What is printed of a run with these values; what is said beside the answer stands in `‹›`. */
function printed(
  values: readonly unknown[],
  { result = null as unknown, isTerminal = false } = {},
) {
  let all = ''
  const printer = printAnswer({
    answer: (text) => (all += text),
    aside: (line) => (all += `‹${line}›`),
    isTerminal,
  })
  values.forEach((value, index) =>
    printer.take({ seq: index + 1, at: 0, type: 'run-yield', visit: 1, value }),
  )
  const end: RunEvent = {
    seq: values.length + 1,
    at: 0,
    type: 'run-end',
    outcome: 'completed',
    result,
  }
  printer.take(end)
  return all
}

const guide = { title: 'Guide', url: 'https://a.test', snippet: 'Draw\na flow.', score: 0.92 }

describe('an answer on the output', () => {
  it.each<[string, readonly unknown[], string]>([
    ['text as it comes, with one line end', ['Hel', { content: 'lo' }], 'Hello\n'],
    ['no second line end', ['Hello\n'], 'Hello\n'],
    ['nothing of nothing', [], ''],
    ['other JSON on a line of its own', ['A', { hits: 3 }, 'B'], 'A\n{"hits":3}\nB\n'],
    ['a list as JSON', [[1, 2]], '[1,2]\n'],
    ['a status beside it', [{ type: 'status', text: 'Searching' }, 'A'], '‹Searching›A\n'],
    [
      'sources under it, wherever they came',
      [{ type: 'sources', items: [guide, { url: 'http://b.test' }] }, 'A'],
      'A\n\nSources\n1. Guide (0.92)\n   https://a.test\n   Draw a flow.\n2. http://b.test\n',
    ],
  ])('is %s', (_, values, text) => {
    expect(printed(values)).toBe(text)
  })

  it('is the returned value where none was yielded', () => {
    expect(printed([], { result: 'Hi' })).toBe('Hi\n')
    expect(printed([], { result: { content: 'Hi' } })).toBe('Hi\n')
    expect(printed([], { result: { hits: 3 } })).toBe('{"hits":3}\n')
    expect(printed(['A'], { result: 'unused' })).toBe('A\n')
    const beside = [
      { type: 'status', text: 'Searching' },
      { type: 'sources', items: [{ title: 'Guide' }] },
    ]
    expect(printed(beside, { result: 'Hi' })).toBe('‹Searching›Hi\n\nSources\n1. Guide\n')
  })

  it('keeps a status from running into the text of the same window', () => {
    expect(printed(['A', { type: 'status', text: 'S' }], { isTerminal: true })).toBe('A\n‹S›')
    expect(printed(['A', { type: 'status', text: 'S' }])).toBe('A‹S›\n')
  })

  it('lets no text steer the terminal, and changes nothing on its way into a pipe', () => {
    const hostile = '\u001b[2JA\r\u009b1mB\tC\n'
    expect(printed([hostile], { isTerminal: true })).toBe('[2JA1mB\tC\n')
    expect(printed([hostile])).toBe(hostile)
    expect(printed([{ type: 'status', text: '\u001b]0;title\u0007S' }])).toBe('‹]0;titleS›')
  })
})
