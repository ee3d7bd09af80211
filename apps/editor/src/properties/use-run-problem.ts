import type { JsonValue } from '@millrace/flow'
import { runCommands, useNodeError } from '../run/run-store.ts'

/** Why a property made the last run fail, for as long as it has the value that it was run with. */
export function useRunProblem(
  nodeId: string,
  propertyKey: string,
  value: JsonValue | undefined,
): string | undefined {
  const error = useNodeError(nodeId)
  if (error?.property !== propertyKey) return undefined
  const ran = runCommands.current().document?.nodes.find(({ id }) => id === nodeId)
  return ran?.properties?.[propertyKey] === value ? error.message : undefined
}
