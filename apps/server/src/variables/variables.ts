import type { SecretBox, SecretPlace } from '../connections/secret-box.ts'
import { environments, type Environment } from '../environments/environment.ts'
import type { StoredVariable, VariableStore } from './variable-store.ts'

/** A variable as designers see it: a value of a secret one only says that it is set. */
export interface VariableView {
  readonly name: string
  readonly isSecret: boolean
  readonly values: Readonly<Partial<Record<Environment, string | SetValue>>>
  /** Its values are damaged, or were sealed with another key: they must be entered again. */
  readonly isLocked: boolean
}

interface SetValue {
  readonly set: true
}

/** What a change says; an environment that is left out stays as it is. */
export interface VariableChange {
  /** Values that were secret are taken away when it is not secret any more. */
  readonly isSecret: boolean
  /** `null` takes a value away. */
  readonly values: Readonly<Partial<Record<Environment, string | null | undefined>>>
}

/** The value of a variable, for whoever uses it. */
export interface VariableValue {
  /** `undefined` where it cannot be read: it is damaged, or was sealed with another key. */
  readonly text: string | undefined
  readonly isSecret: boolean
}

/** The variables of the workspace, which connections hold as `${name}`. */
export interface Variables {
  list(): Promise<readonly VariableView[]>
  put(name: string, change: VariableChange): Promise<VariableView>
  /** Throws `not_found`. */
  remove(name: string): Promise<void>
  /** By name; none for a variable that has no value there. */
  valuesIn(environment: Environment): Promise<ReadonlyMap<string, VariableValue>>
  /** Counts changes: what was made of values of before is out of date. */
  readonly version: number
}

interface Options {
  readonly store: VariableStore
  readonly box: SecretBox
}

export function createVariables({ store, box }: Options): Variables {
  let version = 0

  const seal = (name: string, environment: Environment, text: string): string =>
    box.seal(text, placeOfVariable(name, environment))

  function textOf(
    { name, isSecret, values }: StoredVariable,
    environment: Environment,
  ): string | undefined {
    const value = values[environment]
    if (value === undefined || !isSecret) return value
    return box.open(value, placeOfVariable(name, environment))
  }

  function viewOf(variable: StoredVariable): VariableView {
    const { name, isSecret, values, isDamaged } = variable
    const given = environments.filter((environment) => values[environment] !== undefined)
    return {
      name,
      isSecret,
      values: isSecret
        ? Object.fromEntries(given.map((environment) => [environment, { set: true }]))
        : values,
      isLocked:
        isDamaged || given.some((environment) => textOf(variable, environment) === undefined),
    }
  }

  /** The stored value as it stays; nothing of one that was secret and is no more. */
  function kept(
    before: StoredVariable | undefined,
    environment: Environment,
    isSecret: boolean,
  ): string | undefined {
    const value = before?.values[environment]
    if (before === undefined || value === undefined) return undefined
    if (before.isSecret === isSecret) return value
    return isSecret ? seal(before.name, environment, value) : undefined
  }

  return {
    get version() {
      return version
    },
    async list() {
      return (await store.list()).map(viewOf)
    },
    async put(name, { isSecret, values }) {
      const changed = await store.change(name, (before) => {
        const after: Partial<Record<Environment, string>> = {}
        for (const environment of environments) {
          const given = values[environment]
          const value =
            given === undefined
              ? kept(before, environment, isSecret)
              : given !== null && isSecret
                ? seal(name, environment, given)
                : (given ?? undefined)
          if (value !== undefined) after[environment] = value
        }
        return { name, isSecret, values: after, isDamaged: false }
      })
      version += 1
      return viewOf(changed)
    },
    async remove(name) {
      await store.remove(name)
      version += 1
    },
    async valuesIn(environment) {
      const variables = await store.list()
      return new Map(
        variables
          .filter(({ values, isDamaged }) => isDamaged || values[environment] !== undefined)
          .map((variable) => [
            variable.name,
            { text: textOf(variable, environment), isSecret: variable.isSecret },
          ]),
      )
    },
  }
}

/** No connection is called so: a sealed value opens as the value of this variable alone. */
export function placeOfVariable(name: string, environment: string): SecretPlace {
  return { connection: `\${${name}}`, field: environment }
}
