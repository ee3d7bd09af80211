import {
  scopesOf,
  setFlowFields,
  uniqueName,
  type Flow,
  type FlowVariable,
  type JsonValue,
  type Registry,
} from '@millrace/flow'

/** Edits of the flow's own variables, which have no id but their place. */

/** Adds one under a name that nothing else has. */
export function addVariable(flow: Flow, registry: Registry): Flow {
  const taken = new Set(scopesOf(flow, registry).declared.map(({ name }) => name))
  const variable: FlowVariable = { name: uniqueName('variable', taken), type: 'text' }
  return withVariables(flow, [...variablesOf(flow), variable])
}

export function removeVariable(flow: Flow, index: number): Flow {
  return withVariables(flow, variablesOf(flow).toSpliced(index, 1))
}

export function replaceVariable(flow: Flow, index: number, variable: FlowVariable): Flow {
  return withVariables(flow, variablesOf(flow).with(index, variable))
}

export function moveVariable(flow: Flow, from: number, to: number): Flow {
  const moved = variablesOf(flow)[from]
  if (moved === undefined) return flow
  return withVariables(flow, variablesOf(flow).toSpliced(from, 1).toSpliced(to, 0, moved))
}

/** The variable with another first value, or with none. */
export function withValue(variable: FlowVariable, value: JsonValue | undefined): FlowVariable {
  const { value: _, ...rest } = variable
  return value === undefined ? rest : { ...rest, value }
}

export function withDescription(variable: FlowVariable, description: string): FlowVariable {
  const { description: _, ...rest } = variable
  return description === '' ? rest : { ...rest, description }
}

/** A value of another type is not kept: it would be a problem that nobody made. */
export function retyped(variable: FlowVariable, type: FlowVariable['type']): FlowVariable {
  const { value } = variable
  const fits =
    type === 'any' ||
    (type === 'text' && typeof value === 'string') ||
    (type === 'list' && Array.isArray(value)) ||
    typeof value === type
  return withValue({ ...variable, type }, fits ? value : undefined)
}

const none: readonly FlowVariable[] = []

/** The flow's own variables, in their order. */
export function variablesOf({ variables = none }: Flow): readonly FlowVariable[] {
  return variables
}

function withVariables(flow: Flow, variables: readonly FlowVariable[]): Flow {
  return setFlowFields(flow, { variables })
}
