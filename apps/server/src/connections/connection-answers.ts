import { statusByCode, type ErrorCode } from '@millrace/flow'
import { z } from 'zod'

/** A connection without its secrets. */
export const viewSchema = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  /** A secret that is stored shows as `{ "set": true }`. */
  fields: z.record(z.string(), z.unknown()),
  locked: z.boolean(),
  builtIn: z.boolean(),
  revision: z.int(),
})

/** One connection as designers see it. */
export const viewAnswer = {
  description: 'The connection, without its secrets.',
  schema: viewSchema,
}

const errorCodes = Object.keys(statusByCode) as ErrorCode[] // its keys are the codes

/** What came of a test, as `ConnectionTest` of the nodes has it. */
export const testAnswer = {
  description: 'Whether it works, what was found, and what to do if it does not.',
  schema: z.object({
    ok: z.boolean(),
    /** What was found, and what to do if it does not work. */
    message: z.string(),
    details: z.object({
      /** A few words that fit a title. */
      summary: z.string(),
      latencyMs: z.number().optional(),
      /** What answered, as far as it tells reliably. */
      server: z.string().optional(),
      /** How many it offers. */
      models: z.int().optional(),
      /** At most 1,000 ids. */
      modelIds: z.array(z.string()).optional(),
      /** What else was found, each as a line of a list. */
      findings: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
      /** It works, but the designer should know this. */
      warning: z.string().optional(),
      /** Of a test that failed. */
      code: z.enum(errorCodes).optional(),
      /** What would mend it: a field of the connection, and its better value. */
      suggestion: z.object({ field: z.string(), value: z.string() }).optional(),
    }),
  }),
}

/** Which flows use which connections. */
export const usesAnswer = {
  description: 'The connections that flows name, and the flows.',
  schema: z.object({
    connections: z.array(
      z.object({
        /** Flows may name connections that do not exist. */
        id: z.string(),
        flows: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            nodes: z.array(z.object({ id: z.string(), title: z.string() })),
          }),
        ),
      }),
    ),
    /** The ids of flows that were not looked into: damaged ones, and those of a newer Millrace. */
    unreadFlows: z.array(z.string()),
  }),
}
