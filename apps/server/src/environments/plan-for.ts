import type { Plan } from '@millrace/engine'
import type { Principal } from '../access/principal.ts'
import type { Environment } from './environment.ts'

/** Who asks for a flow to run, and where. */
export interface RunTarget {
  readonly principal: Principal
  /** What the request names; by who asks, when it names none. */
  readonly environment?: Environment | undefined
}

/** A plan, and the environment that it is the plan of: what it calls is looked up there too. */
export interface PlannedFlow {
  readonly plan: Plan
  readonly environment: Environment
}

/**
 * What a caller runs when it names a flow. Throws `not_found`, `flow_not_published`, `forbidden`,
 * `flow_invalid`, `connection_missing`.
 */
export type PlanFor = (flowId: string, target: RunTarget) => Promise<PlannedFlow>

/** What a run runs when it calls a flow: as its own environment has that. Throws like `PlanFor`. */
export type PlanIn = (flowId: string, environment: Environment) => Promise<Plan>
