import { readBinding, type JsonValue } from '@millrace/flow'
import { useDocument } from '../document/document-store.ts'

/** The text that another property of a node holds, if it is known before the flow runs. */
export function useLiteral(nodeId: string, key: string): string | undefined {
  return useDocument(({ flow }) =>
    literalTextOf(flow.nodes.find(({ id }) => id === nodeId)?.properties?.[key]),
  )
}

/** The text of a value, if it is known before the flow runs; `undefined` for an empty one too. */
export function literalTextOf(value: JsonValue | undefined): string | undefined {
  const binding = value === undefined ? undefined : readBinding(value)
  const isText = binding?.kind === 'literal' && typeof binding.value === 'string'
  return isText && binding.value !== '' ? binding.value : undefined
}
