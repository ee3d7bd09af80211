import type * as Expressions from '@millrace/flow/expression'

/*
 * What the built editor has in place of `expression.ts` of the flow language, which brings an engine
 * along that a flow without expressions does not need to be drawn. Until it was fetched, no expression
 * can be read, and none is changed. The exports are public to the build, which puts them in that place.
 */

let expressions: typeof Expressions | undefined
const listeners = new Set<() => void>()

/** Whether a document or a part of one, as JSON, can be read now. */
export function canBeRead(json: string): boolean {
  return expressions !== undefined || !json.includes('$expr')
}

/** Fetches what reads expressions, once. */
export function loadExpressions(): Promise<void> {
  loading ??= load()
  return loading
}

let loading: Promise<void> | undefined

async function load(): Promise<void> {
  try {
    expressions = await import('@millrace/flow/expression')
  } catch (error) {
    // The next one who needs it asks again.
    loading = undefined
    throw error
  }
  for (const listener of listeners) listener()
}

/** Calls when it is there, so that what could not be checked without it is checked again. */
export function onExpressionsLoaded(listener: () => void): void {
  listeners.add(listener)
}

const problem = 'what reads expressions is still being fetched'

/** The module once it is there, and until then `undefined`, while it is fetched. */
function fetched(): typeof Expressions | undefined {
  if (expressions === undefined) void loadExpressions().catch(() => undefined)
  return expressions
}

/** @public */
export const checkExpression: typeof Expressions.checkExpression = (...given) =>
  fetched()?.checkExpression(...given) ?? { problem, code: 'expression_invalid' }

/** @public */
export const findExpressionProblem: typeof Expressions.findExpressionProblem = (...given) =>
  fetched()?.findExpressionProblem(...given) ?? {
    problem,
    code: 'expression_invalid',
    range: undefined,
  }

/** @public */
export const typeOfExpression: typeof Expressions.typeOfExpression = (...given) =>
  fetched()?.typeOfExpression(...given)

/** @public */
export const compileExpression: typeof Expressions.compileExpression = (...given) =>
  needed().compileExpression(...given)

/** @public */
export const renameInExpression: typeof Expressions.renameInExpression = (...given) =>
  needed().renameInExpression(...given)

/** @public */
export const variablesInExpression: typeof Expressions.variablesInExpression = (...given) =>
  fetched()?.variablesInExpression(...given) ?? []

/** @public */
export const parseExpression: typeof Expressions.parseExpression = (...given) =>
  fetched()?.parseExpression(...given)

function needed(): typeof Expressions {
  const module = fetched()
  if (module === undefined) throw new Error(problem)
  return module
}
