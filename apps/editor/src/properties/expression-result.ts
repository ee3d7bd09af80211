import { compileExpression } from '@millrace/flow'
import type { LastValues } from './last-values.ts'
import { showValue } from './show-value.ts'

/** What an expression gives with known values, in words; `undefined` when some are not known. */
export function expressionResult(source: string, values: LastValues): string | undefined {
  try {
    const { variables, evaluate } = compileExpression(source)
    if (!variables.every((name) => values.has(name))) return undefined
    return showValue(evaluate(Object.fromEntries(values)), 'line')
  } catch (error) {
    // Its sentences are made for designers, and end without a stop.
    return error instanceof Error ? `fails: ${error.message}` : undefined
  }
}
