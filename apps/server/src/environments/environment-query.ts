import { z } from 'zod'
import { environments } from './environment.ts'

/** What a request that runs a flow may say about where. */
export const environmentQuery = z.object({
  /** By who asks, when it is left out; production for most. */
  env: z.enum(environments).optional(),
})

export type EnvironmentQuery = z.infer<typeof environmentQuery>
