import type { Plan, PlannedTrigger } from '@millrace/engine'

/** The trigger that starts a flow, if it is of this kind. */
export function triggerOfKind({ trigger }: Plan, type: string): PlannedTrigger | undefined {
  return trigger?.implementation.definition.type === type ? trigger : undefined
}
