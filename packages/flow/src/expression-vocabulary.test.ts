import { describe, expect, it } from 'vitest'
import { checkExpression, compileExpression } from './expression.ts'
import { expressionFunctions, type ExpressionFunction } from './expression-vocabulary.ts'
import type { ScopeVariable } from './scope.ts'
import { describeType } from './type.ts'

const variables: readonly ScopeVariable[] = [
  { name: 'response', type: 'chatResponse', origin: { kind: 'flow' } },
]
const values = { response: { usage: null } }

describe('the vocabulary of expressions', () => {
  it.each(expressionFunctions)('holds $form $name, whose example works', (known) => {
    const { name, example } = known
    expect(example).toContain(`${name}(`)
    expect(checkExpression(example, variables)).toHaveProperty('type')
    expect(compileExpression(example).evaluate(values)).not.toBeNull()
  })

  const isOfOneType = ({ gives, on }: ExpressionFunction) =>
    gives !== 'time' && gives !== 'item' && !on.includes('time')

  it.each(expressionFunctions.filter(isOfOneType))(
    'says what $form $name gives',
    ({ example, gives, name }) => {
      // The example may go on after the call, with a sum or a comparison.
      const call = example.slice(0, example.indexOf(')', example.indexOf(`${name}(`)) + 1)
      const result = checkExpression(call, variables)
      expect('type' in result ? describeType(result.type) : result.problem).toMatch(
        new RegExp(`^${gives}`),
      )
    },
  )
})
