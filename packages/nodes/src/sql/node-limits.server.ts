import type { Services } from '@millrace/engine'
import { nodeLimits, type ResultLimits } from './statement-limits.ts'

/** How large a result may get for a node, as whoever owns the services of its run wants it. */
export function nodeLimitsOf({ resultLimits }: Pick<Services, 'resultLimits'>): ResultLimits {
  return { ...nodeLimits, ...resultLimits }
}
