import {
  describeType,
  FlowError,
  isOfType,
  isUsableAs,
  textOf,
  typeOfValue,
  type Type,
} from '@millrace/flow'
import type { Plan } from './plan.ts'

/** How far the variables of a flow were assigned at a moment of its run. */
export type AssignmentMark = number

/** Assigns the variables of a flow in one run, and knows which were since when. */
export class Assignments {
  readonly #variables: Plan['variables']
  /** The values of the run, by slot. */
  readonly #values: unknown[]
  /** When each variable was last assigned. */
  readonly #last = new Map<string, AssignmentMark>()
  #count: AssignmentMark = 0

  constructor(variables: Plan['variables'], values: unknown[]) {
    this.#variables = variables
    this.#values = values
    for (const { slot, value } of variables.values()) values[slot] = value
  }

  /** [E15] Throws `input_invalid` for a name or a value that the flow does not know. */
  assign(name: string, value: unknown): void {
    const variable = this.#variables.get(name)
    if (variable === undefined) {
      throw new FlowError(
        'input_invalid',
        `The flow has no variable "${name}". Declare it in the flow's variables.`,
      )
    }
    this.#values[variable.slot] = fitVariable(name, variable.type, value)
    this.#count += 1
    this.#last.set(name, this.#count)
  }

  get mark(): AssignmentMark {
    return this.#count
  }

  /** The variables that were assigned since, by name, as they are now; `undefined` for none. */
  since(mark: AssignmentMark): Readonly<Record<string, unknown>> | undefined {
    if (mark === this.#count) return undefined
    return Object.fromEntries(
      [...this.#variables]
        .filter(([name]) => (this.#last.get(name) ?? 0) > mark)
        .map(([name, { slot }]) => [name, this.#values[slot]]),
    )
  }
}

/** [E15] What a variable takes: null, a value of its type, and where that is text, also what reads as text. */
function fitVariable(name: string, type: Type, value: unknown): unknown {
  if (value === null || isOfType(value, type)) return value
  if (isUsableAs(value, type)) return textOf(value)
  throw new FlowError(
    'input_invalid',
    `The flow variable "${name}" holds ${describeType(type)}, and was given ${describeType(typeOfValue(value))}. Change what it is given, or its type in the flow's variables.`,
  )
}
