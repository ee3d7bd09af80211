import { FlowError, nearestName, type SqlParameter } from '@millrace/flow'
import type { SqlSystem } from './sql-system.ts'
import { statementParts, type StatementPart } from './statement-parts.ts'

/** A parameter where a statement names it. */
export interface ParameterUse extends StatementPart {
  readonly parameter: SqlParameter<unknown>
}

/** A statement taken apart, each of its parameters with its value; case does not matter. */
export type BoundParts = readonly (StatementPart | ParameterUse)[]

/** Throws `database_failed` for a name that is none of the parameters. */
export function bindParameters(
  statement: string,
  parameters: readonly SqlParameter<unknown>[],
  system: SqlSystem['id'],
): BoundParts {
  const byName = new Map(
    parameters.map((parameter) => [parameter.name.toLowerCase(), parameter] as const),
  )
  return statementParts(statement, system).map((part) => {
    if (part.kind === 'text') return part
    const parameter = byName.get(part.text.slice(1).toLowerCase())
    if (parameter !== undefined) return { ...part, parameter }
    throw unknownParameter(part, statement, parameters)
  })
}

function unknownParameter(
  { text, start }: StatementPart,
  statement: string,
  parameters: readonly SqlParameter<unknown>[],
): FlowError {
  const names = parameters.map(({ name }) => name)
  const nearest = nearestName(text.slice(1), names)
  const remedy =
    nearest === undefined
      ? `Add it to the parameters${names.length === 0 ? '' : `, which are ${names.map((name) => `@${name}`).join(', ')}`}.`
      : `Did you mean @${nearest}?`
  return new FlowError(
    'database_failed',
    `The statement uses ${text}, which is no parameter. ${remedy}`,
    { details: placeIn(statement, start) },
  )
}

/** Where something stands in a statement: from 1, as editors count. */
export function placeIn(
  statement: string,
  offset: number,
): { readonly position: number; readonly line: number; readonly column: number } {
  const before = statement.slice(0, offset).split('\n')
  return {
    position: offset + 1,
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
  }
}
