import type { ExpressionToken } from './expression-tokens.ts'

/** Whether a value stands there already, so that only an operator may follow. */
export function endsValue(last: ExpressionToken | undefined): boolean {
  if (last === undefined) return false
  if (last.kind === 'name') return last.text !== 'in'
  return last.kind !== 'other' || last.text === ')' || last.text === ']' || last.text === '}'
}

/** Where a value stands in an expression. */
export interface ValueSpan {
  readonly first: ExpressionToken
  readonly end: number
}

const opening = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

/** The value that ends right before a token, a dot as a rule: `response.history[0]` in `x + response.history[0].`. */
export function valueBefore(tokens: readonly ExpressionToken[], at: number): ValueSpan | undefined {
  let index = at - 1
  const end = tokens[index]?.end
  for (;;) {
    const token = tokens[index]
    if (token === undefined || end === undefined) return undefined
    const opens = opening.get(token.text)
    if (opens !== undefined) {
      index = openingOf(tokens, index)
      if (index < 0) return undefined
      // What stands right before a bracket is called or looked into.
      if (opens !== '{' && endsValue(tokens[index - 1])) {
        index -= 1
        continue
      }
    } else if (token.kind === 'other' || token.kind === 'number') return undefined
    if (tokens[index - 1]?.text !== '.') break
    index -= 2
  }
  const first = tokens[index]
  return first === undefined ? undefined : { first, end }
}

function openingOf(tokens: readonly ExpressionToken[], at: number): number {
  let depth = 0
  for (let index = at; index >= 0; index -= 1) {
    const text = tokens[index]?.text ?? ''
    if (opening.has(text)) depth += 1
    if (text === '(' || text === '[' || text === '{') depth -= 1
    if (depth === 0) return index
  }
  return -1
}
