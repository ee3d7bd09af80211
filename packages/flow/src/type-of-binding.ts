import { readBinding, isSet } from './binding.ts'
import { typeOfExpression } from './expression.ts'
import type { JsonValue } from './json.ts'
import { parseReference } from './reference.ts'
import type { ScopeVariable } from './scope.ts'
import { typeAt, typeOfValue, type Type } from './type.ts'

/** The type of what a binding will give where these variables are in scope; `any` when unknown. */
export function typeOfBinding(value: JsonValue | undefined, scope: readonly ScopeVariable[]): Type {
  const binding = isSet(value) ? readBinding(value) : undefined
  switch (binding?.kind) {
    case 'literal':
      return typeOfValue(binding.value)
    case 'text':
      return 'text'
    case 'expression':
      return typeOfExpression(binding.source, scope) ?? 'any'
    case 'reference': {
      const reference = parseReference(binding.reference)
      const variable = scope.find(({ name }) => name === reference?.variable)
      return (variable && typeAt(variable.type, reference?.path ?? [])) ?? 'any'
    }
    case undefined:
      return 'any'
  }
}
