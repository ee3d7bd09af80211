import type { Plan } from '@millrace/engine'
import type { Principal } from '../access/principal.ts'
import type { Environment } from './environment.ts'

/** Who asks for a flow to run, and where. */
export interface RunTarget {
  readonly principal: Principal
  /** What the request names; by who asks, when it names none. */
  readonly environment?: Environment | undefined
}

/**
 * The plan of what a caller runs when it names a flow. Throws `not_found`, `flow_invalid`,
 * `connection_missing`.
 */
export type PlanFor = (flowId: string, target: RunTarget) => Promise<Plan>
