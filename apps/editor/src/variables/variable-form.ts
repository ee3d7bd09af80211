import { isIdentifier } from '@millrace/flow'
import { environments, type Environment } from '../api/environments.ts'
import type { Variable, VariableChange } from '../api/variables-api.ts'

/** What stands in the form of a variable; a secret that is stored and not replaced is `undefined`. */
export interface VariableForm {
  readonly name: string
  readonly isSecret: boolean
  readonly values: Readonly<Record<Environment, string | undefined>>
}

/** The form as it opens: of a variable, or of a new one by its name. */
export function formOf(subject: Variable | string): VariableForm {
  const variable = typeof subject === 'string' ? undefined : subject
  const textOf = (environment: Environment) => {
    const value = variable?.values[environment]
    if (typeof value === 'string') return value
    return value === undefined ? '' : undefined
  }
  return {
    name: typeof subject === 'string' ? subject : subject.name,
    isSecret: variable?.isSecret ?? false,
    values: {
      development: textOf('development'),
      test: textOf('test'),
      production: textOf('production'),
    },
  }
}

/** Why a name cannot be that of a new variable; `undefined` when it can. */
export function whyNotName(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === '') return 'Give it a name.'
  if (!isIdentifier(name))
    return 'Use letters, digits and underscores, a letter first, at most 64 of them.'
  return taken.has(name) ? 'There is a variable of this name already.' : undefined
}

/** What is sent of a form: an empty value is none, one that is not replaced is left out. */
export function changeOf({ isSecret, values }: VariableForm): VariableChange {
  return {
    isSecret,
    values: Object.fromEntries(
      environments.flatMap((environment) => {
        const text = values[environment]
        return text === undefined ? [] : [[environment, text === '' ? null : text]]
      }),
    ),
  }
}
