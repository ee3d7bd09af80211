import {
  readNamedValues,
  typeOfBinding,
  type CodeProperty,
  type FlowNode,
  type JsonValue,
  type NodeDefinition,
  type VisibleVariables,
  type Type,
} from '@millrace/flow'

/** What code gets under one name. */
export interface CodeInput {
  readonly name: string
  /** A binding. */
  readonly value: JsonValue
  readonly type: Type
}

/** The inputs of a node's code that have a name; of two with one name the first. */
export function codeInputsOf(
  node: FlowNode | undefined,
  property: CodeProperty,
  scope: VisibleVariables,
): readonly CodeInput[] {
  const values = readNamedValues(node?.properties?.[property.inputs] ?? []) ?? []
  return values
    .filter(({ name }, index) => {
      return name !== '' && index === values.findIndex((other) => other.name === name)
    })
    .map(({ name, value }) => ({ name, value, type: typeOfBinding(value, scope) }))
}

/** The type that the code of a node is to return, as the definition calls it. */
export function resultTypeOf(
  node: FlowNode | undefined,
  definition: NodeDefinition | undefined,
): string {
  const property = definition?.properties['resultType']
  const type = node?.properties?.['resultType'] ?? property?.default
  return typeof type === 'string' ? type : 'any'
}
