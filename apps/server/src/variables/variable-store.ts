import type { Environment } from '../environments/environment.ts'

/** A variable as it is kept. */
export interface StoredVariable {
  readonly name: string
  readonly isSecret: boolean
  /** By environment; of a secret one sealed. None where it has no value. */
  readonly values: Readonly<Partial<Record<Environment, string>>>
  /** Its values cannot be read, and are none here. */
  readonly isDamaged: boolean
}

/** Where variables are kept. A promise that resolves means that the change is durable. */
export interface VariableStore {
  /** By name. */
  list(): Promise<readonly StoredVariable[]>
  /** Makes of a variable, or of none, what it is to be, with nothing in between. */
  change(
    name: string,
    make: (before: StoredVariable | undefined) => StoredVariable,
  ): Promise<StoredVariable>
  /** Throws `not_found`. */
  remove(name: string): Promise<void>
}
