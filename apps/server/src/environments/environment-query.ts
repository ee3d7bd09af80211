import { z } from 'zod'
import { environments } from './environment.ts'

/** What a request that runs a flow may say about where. */
export const environmentQuery = z.object({
  env: z
    .enum(environments)
    .optional()
    .describe('Where it runs. Without it, that is where who asks belongs: production for most.'),
})

export type EnvironmentQuery = z.infer<typeof environmentQuery>
