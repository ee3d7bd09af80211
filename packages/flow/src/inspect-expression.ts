import { completeExpression } from './complete-expression.ts'
import { findExpressionProblem, type ExpressionProblem } from './expression.ts'
import type { SourceRange } from './expression-problem.ts'
import { tokensOf } from './expression-tokens.ts'
import { expressionFunctions } from './expression-vocabulary.ts'
import { nearestName } from './name.ts'
import type { ScopeVariable } from './scope.ts'
import type { Type } from './type.ts'

/** What an editor shows of an expression: its type, or what is wrong where, and what was meant. */
export type ExpressionInspection =
  | { readonly type: Type }
  | (ExpressionProblem & {
      /** The name that most likely belongs in the place of `range`. */
      readonly nearest: string | undefined
    })

/** Looks at an expression as its author needs it: more closely than `checkExpression`, and slower. */
export function inspectExpression(
  source: string,
  variables: readonly ScopeVariable[],
): ExpressionInspection {
  const found = findExpressionProblem(source, variables)
  if ('type' in found) return found
  const range = unknownName(source, found.range) ?? found.range
  return { ...found, range, nearest: range && nearestAt(source, range, variables) }
}

const functionNames = new Set(expressionFunctions.map(({ name }) => name))

/** The library marks a call as a whole; where it is the name that nobody knows, that is the place. */
function unknownName(source: string, range: SourceRange | undefined): SourceRange | undefined {
  if (range === undefined) return undefined
  const tokens = tokensOf(source).filter(({ kind }) => kind !== 'space')
  return tokens.find(
    ({ kind, text, start, end }, index) =>
      kind === 'name' &&
      start >= range.start &&
      end <= range.end &&
      tokens[index + 1]?.text === '(' &&
      !functionNames.has(text),
  )
}

function nearestAt(
  source: string,
  { start, end }: SourceRange,
  variables: readonly ScopeVariable[],
): string | undefined {
  const name = source.slice(start, end)
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined
  const names = completeExpression(source, end, variables)?.items.map((item) => item.name) ?? []
  return names.includes(name) ? undefined : nearestName(name, names)
}
