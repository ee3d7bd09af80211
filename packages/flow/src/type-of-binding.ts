import { readBinding, isSet } from './binding.ts'
import { typeOfExpression, variablesInExpression } from './expression.ts'
import type { JsonValue } from './json.ts'
import { parseReference } from './reference.ts'
import { typeAt, typeOfValue, type Type } from './type.ts'
import type { VisibleVariables } from './visible-variables.ts'

/** The type of what a binding will give where these variables are in scope; `any` when unknown. */
export function typeOfBinding(
  value: JsonValue | undefined,
  visible: Pick<VisibleVariables, 'find' | 'named'>,
): Type {
  const binding = isSet(value) ? readBinding(value) : undefined
  switch (binding?.kind) {
    case 'literal':
      return typeOfValue(binding.value)
    case 'text':
      return 'text'
    case 'expression':
      return (
        typeOfExpression(binding.source, visible.named(variablesInExpression(binding.source))) ??
        'any'
      )
    case 'reference': {
      const reference = parseReference(binding.reference)
      const variable = reference && visible.find(reference.variable)
      return (variable && typeAt(variable.type, reference.path)) ?? 'any'
    }
    case undefined:
      return 'any'
  }
}
