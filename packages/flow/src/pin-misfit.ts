import type { DeclaredVariable } from './definition.ts'
import type { Flow } from './flow.ts'
import type { Pin } from './pin.ts'
import { typeOfFlowVariable } from './scope.ts'
import { describeType, isOfType, type Type } from './type.ts'

/** What a pin has to fit. */
export interface PinPlace {
  /** The variables that the node declares, with their types. */
  readonly outputs: readonly Pick<DeclaredVariable, 'key' | 'name' | 'type'>[]
  /** The flow that the node is in. */
  readonly flow: Pick<Flow, 'variables'>
}

/** Why a pin cannot stand in for its node, as a sentence; `undefined` when it can. */
export function pinMisfit({ outputs, variables = {} }: Pin, place: PinPlace): string | undefined {
  for (const { key, name, type } of place.outputs) {
    if (!isOfType(outputs[key] ?? null, type)) return misfit(name, type)
  }
  for (const [name, value] of Object.entries(variables)) {
    const variable = place.flow.variables?.find((one) => one.name === name)
    if (variable === undefined) return `The flow has no variable "${name}" any more.`
    const type = typeOfFlowVariable(variable)
    if (value !== null && !isOfType(value, type)) return misfit(name, type)
  }
  return undefined
}

function misfit(name: string, type: Type): string {
  return `"${name}" is no ${describeType(type)}.`
}
