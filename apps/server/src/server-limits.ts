import type { LimitsByAddress } from './access/address-limits.ts'
import type { LimitsOfRequests } from './http/limits.ts'
import type { LimitsOfSockets } from './live/followed-runs.ts'
import type { LimitsOfRuntime } from './runtime.ts'
import type { LimitsOfRuns } from './runs/run-kind.ts'

/** How much the server takes; an operator may choose. Metrics call each by its name here. */
export interface ServerLimits
  extends LimitsOfRuns, LimitsOfRuntime, LimitsOfRequests, LimitsOfSockets, LimitsByAddress {}
