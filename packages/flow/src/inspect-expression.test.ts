import { describe, expect, it } from 'vitest'
import { inspectExpression } from './inspect-expression.ts'
import type { ScopeVariable } from './scope.ts'

const variables: readonly ScopeVariable[] = [
  { name: 'response', type: 'chatResponse', origin: { kind: 'output', nodeId: 'chat' } },
  { name: 'x', type: 'number', origin: { kind: 'flow' } },
]

/** The part that is marked as wrong, and the name that is offered in its place. */
function inspect(source: string) {
  const result = inspectExpression(source, variables)
  if ('type' in result) return result.type
  const { range, nearest } = result
  return [range && source.slice(range.start, range.end), nearest]
}

describe('inspectExpression', () => {
  it('gives the type of what is right', () => {
    expect(inspect('response.content.size() > x')).toBe('boolean')
  })

  it.each([
    ['x + respons.content', ['respons', 'response']],
    ['response.contnt', ['contnt', 'content']],
    ['response.history.map(m, m.rle)', ['rle', 'role']],
    ['siz(response.content)', ['siz', 'size']],
    ['response.content.containz("a")', ['containz', 'contains']],
    ['response.usage.totalTokens > x', ['response.usage', undefined]],
    ['response.content.size(x)', ['response.content.size(x)', undefined]],
    ['x + response.content', ['x + response.content', undefined]],
    ['response.content.matches("(")', ['"("', undefined]],
    ['x = 3', ['=', undefined]],
    ['x +', ['', undefined]],
  ])('%s: marks what is wrong, and names what was meant', (source, expected) => {
    expect(inspect(source)).toEqual(expected)
  })
})
